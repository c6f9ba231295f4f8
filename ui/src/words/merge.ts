/** Words of the fifth step's screen. */
export const merge = {
  before: 'Before you merge',
  from: 'From',
  into: 'Into',
  merge: (base: string) => `Merge into ${base}`,
  open: 'Open the pull request',
};
