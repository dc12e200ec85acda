/** The web client's stores without its screens: what the screens would do with them, by name. Bundled by `host.mjs`. */
import { listed } from "../../../../client/src/model/chats.ts";
import { partnerOf } from "../../../../client/src/model/participants.ts";
import { Unreachable, Problem } from "../../../../client/src/protocol/http.ts";
import { chatList } from "../../../../client/src/stores/chat-list.svelte.ts";
import { connection } from "../../../../client/src/stores/connection.svelte.ts";
import { drafting } from "../../../../client/src/stores/drafting.svelte.ts";
import { drafts } from "../../../../client/src/stores/drafts.svelte.ts";
import { messages } from "../../../../client/src/stores/messages.svelte.ts";
import { messagesState } from "../../../../client/src/stores/messages-state.svelte.ts";
import { openChats } from "../../../../client/src/stores/open-chats.ts";
import { outbox } from "../../../../client/src/stores/outbox.ts";
import { stars } from "../../../../client/src/stores/stars.ts";
import { session } from "../../../../client/src/stores/session.svelte.ts";

const AGAIN_MS = 1_000;
const undo = new Map();
let startedFor = "";
let isListed = false;

/** As people do: what was not answered is tried again, what was refused is not. */
async function untilAnswered(work) {
  try {
    await work();
  } catch (failure) {
    if (failure instanceof Unreachable) setTimeout(() => void untilAnswered(work), AGAIN_MS);
    else if (!(failure instanceof Problem)) throw failure;
  }
}

async function once(work) {
  try {
    await work();
  } catch (failure) {
    if (!(failure instanceof Unreachable || failure instanceof Problem)) throw failure;
  }
}

/** What the application does when somebody is there, or is not there any more. Answers whether they left. */
function settle() {
  const me = session.me;
  if (me && startedFor !== me.person.id) {
    startedFor = me.person.id;
    isListed = false;
    void messages.start(me.person.id, me.unread_chats);
    void untilAnswered(async () => {
      await chatList.load();
      isListed = true;
    });
  } else if (me === null && startedFor) {
    startedFor = "";
    messages.stop();
  }
  return me === null;
}

function messageIn(chat, seq) {
  return openChats.chat(chat)?.messages.find((one) => one.seq === seq);
}

/** What somebody can do who sees the Messages area. */
const verbs = {
  async write(person, body, course, wrote) {
    const known = Object.values(messagesState.current.rows).find((row) => partnerOf(row)?.id === person);
    const id = known && !course ? known.conversation_id : await openChats.openWith(person, course ?? "");
    const row = chatList.row(id);
    if (!row) return;
    const sent = outbox.write(row, body, openChats.chat(id)?.about ?? null);
    wrote(messagesState.current.outbox.at(-1).key);
    await sent;
  },
  open: (chat) => openChats.open(chat),
  older: (chat) => openChats.older(chat),
  read: (chat) => chatList.markSeen(chat),
  markUnread: (chat, seq) => chatList.markUnread(chat, seq),
  async hide(chat, seq) {
    const message = messageIn(chat, seq);
    if (message) undo.set(`${chat} ${seq}`, await openChats.deleteMine(message));
  },
  restore: (chat, seq) => undo.get(`${chat} ${seq}`)?.(),
  async deleteForEveryone(chat, seq) {
    const message = messageIn(chat, seq);
    if (message) await openChats.deleteForEveryone(message);
  },
  async edit(chat, seq, body) {
    const message = messageIn(chat, seq);
    if (message) await openChats.edit(message, body);
  },
  async react(chat, seq, emoji, isOn) {
    const message = messageIn(chat, seq);
    const given = message?.reactions.find((one) => one.emoji === emoji);
    // A screen offers what is not so yet.
    if (message && (given?.people.includes(session.me.person.id) ?? false) !== isOn) await openChats.react(message, emoji, isOn);
  },
  async star(chat, seq, isOn) {
    const message = messageIn(chat, seq);
    if (message && openChats.chat(chat).starred.includes(seq) !== isOn) await stars.set(message, isOn);
  },
  draft: (chat, text) => drafting.write(chat, { text }),
  pin: (chat, isOn) => chatList.pin(chat, isOn),
  deleteChat: (chat) => chatList.delete(chat),
};

/** The texts of each chat's draft. */
function draftsShown() {
  const texts = Object.keys(drafts.texts).map((chat) => [chat, [drafting.of(chat).text, ...drafting.of(chat).others].filter(Boolean)]);
  return Object.fromEntries(texts.filter(([, some]) => some.length));
}

/** Everything that a person could see. */
function look() {
  const { me, rows, chats, outbox: pending, unreadChats, stale, isListStale } = messagesState.current;
  const isDrafting = Object.keys(drafts.texts).some((chat) => drafting.of(chat).isChanged);
  const isBusy = stale.length > 0 || isListStale || !isListed || !connection.isOnline || isDrafting;
  const shown = { me, rows: Object.values(rows), listed: listed(messagesState.current).length, chats, outbox: pending };
  return { ...shown, unreadChats, drafts: draftsShown(), isBusy };
}

globalThis.page = {
  settle,
  look,
  load: () => untilAnswered(() => session.load()),
  do: (verb, ...words) => once(() => session.me && verbs[verb](...words)),
};
