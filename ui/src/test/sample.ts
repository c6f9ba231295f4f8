/**
 * Sample views for tests and for the harness: a maintenance deploy on Tuesday 24 November 2026 and a hotfix the day before.
 * Every function takes the differences and returns a fresh value: `sampleRelease({ busy: 'Merging #412' })`.
 */
export * from './sample/basics';
export * from './sample/control';
export { order, sampleSteps } from './sample/steps';
export { sampleFailure } from './sample/failure';
export * from './sample/pulls';
export * from './sample/release';
export * from './sample/releases';
export * from './sample/window';
export * from './sample/history';
