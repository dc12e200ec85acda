/** What becomes of messages that are here already: they are edited, reacted to, and quoted by others. */
import type { History, Message, Reaction } from "../protocol/wire.ts";

/** Quoted messages by their numbers; null for one that I can't see any more. */
export type Quoted = Readonly<Record<number, Message | null>>;

/** What the quotes of a page show, beside those known before. A quoted message that came with neither is gone for me. */
export function quotedWith(
  known: Quoted,
  page: Pick<History, "messages" | "quoted">,
  isGone: (seq: number) => boolean = () => false,
): Quoted {
  const { messages, quoted = [] } = page;
  const wanted = messages.flatMap(({ reply_to }) => reply_to ?? []);
  const here = new Map([...messages, ...quoted].map((one) => [one.seq, one]));
  const asked = wanted.map((seq): [number, Message | null] => [seq, here.get(seq) ?? null]);
  const before = quotedAfter(known, messages);
  const all: Record<number, Message | null> = { ...before, ...Object.fromEntries(asked) };
  for (const seq of Object.keys(all).map(Number)) if (isGone(seq)) all[seq] = null;
  return all;
}

/** The quotes after some messages changed, or came back. */
export function quotedAfter(known: Quoted, changed: readonly Message[]): Quoted {
  const mine = changed.filter((one) => one.seq in known && (known[one.seq]?.rev ?? 0) <= one.rev);
  return mine.length ? { ...known, ...Object.fromEntries(mine.map((one) => [one.seq, one])) } : known;
}

/** What a quote shows: the message as it is here, null where I can't see it any more, undefined where that must be asked. */
export function quoteOf(messages: readonly Message[], known: Quoted, seq: number): Message | null | undefined {
  return messages.find((one) => one.seq === seq) ?? known[seq];
}

/** A frame is the same for everyone: where it names only some of those who reacted, what I knew of myself stays. */
export function withOwnNamed(me: string, message: Message, known: readonly Message[]): Message {
  const before = known.find((one) => one.seq === message.seq)?.reactions ?? [];
  const isMine = (emoji: string): boolean => before.some((one) => one.emoji === emoji && one.people.includes(me));
  const reactions = message.reactions.map((one) =>
    one.count > one.people.length && !one.people.includes(me) && isMine(one.emoji) ? { ...one, people: [me, ...one.people] } : one,
  );
  return { ...message, reactions };
}

/** A message after I gave an emoji, or took it back. */
export function withReaction(message: Message, me: string, emoji: string, isOn: boolean): Message {
  const known = message.reactions.find((one) => one.emoji === emoji);
  if ((known?.people.includes(me) ?? false) === isOn) return message;
  const changed: Reaction = {
    emoji,
    count: (known?.count ?? 0) + (isOn ? 1 : -1),
    people: isOn ? [me, ...(known?.people ?? [])] : (known?.people ?? []).filter((one) => one !== me),
  };
  const reactions = known ? message.reactions.map((one) => (one === known ? changed : one)) : [...message.reactions, changed];
  return { ...message, reactions: reactions.filter((one) => one.count > 0) };
}

/** What somebody else gave to something that I wrote, of the messages that changed; the first of several. */
export function newReaction(
  before: readonly Message[],
  now: readonly Message[],
  me: string,
): { message: Message; person: string; emoji: string } | null {
  const known = new Map(before.map((one) => [one.seq, one]));
  for (const message of now) {
    const old = known.get(message.seq);
    if (!old || old === message || message.sender_id !== me) continue;
    for (const { emoji, people } of message.reactions) {
      const had = old.reactions.find((one) => one.emoji === emoji)?.people ?? [];
      const person = people.find((one) => one !== me && !had.includes(one));
      if (person) return { message, person, emoji };
    }
  }
  return null;
}
