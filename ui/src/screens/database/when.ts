import type { At } from '../../bindings';

const SHAPE = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})[T ]\s*(\d{1,2}):(\d{2})(?::\d{2})?\s*$/;

/** A moment as a date-and-time field holds it, in this computer's time zone. */
export function toField(at: At): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment that was typed; `null` when it is none. Where the field is a plain text field, a space is fine too. */
export function fromField(text: string): At | null {
  const parts = SHAPE.exec(text)?.slice(1).map(Number);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  const date = new Date(year, month - 1, day, hour, minute);
  const same =
    date.getMonth() === month - 1 &&
    date.getDate() === day &&
    date.getHours() < 24 &&
    hour < 24 &&
    minute < 60;
  return same ? date.getTime() : null;
}
