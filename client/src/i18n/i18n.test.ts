// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { clock, dayHeading, dayOf, formatNumber, fullDate, known, shortWhen, speak, t, wording } from "./i18n.svelte.ts";
import { isLanguage, usual } from "./languages.ts";

const [ISOLATE, POP] = ["\u2068", "\u2069"];

function browserSpeaks(...languages: string[]): void {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
}

beforeEach(() => {
  browserSpeaks("en-GB");
  wording.timeZone = "Europe/Berlin";
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await speak("en");
  localStorage.clear();
});

describe("plural forms", () => {
  const forms = (id: string, counts: number[]) => counts.map((count) => t(id, { count }));

  test("in Russian: one, few and many, with 11 to 14 among the many", async () => {
    await speak("ru");
    expect(forms("lesson-count", [1, 21, 101])).toEqual(["1 урок", "21 урок", "101 урок"]);
    expect(forms("lesson-count", [2, 4, 22])).toEqual(["2 урока", "4 урока", "22 урока"]);
    expect(forms("lesson-count", [5, 11, 12, 14, 20, 111])).toEqual([
      "5 уроков",
      "11 уроков",
      "12 уроков",
      "14 уроков",
      "20 уроков",
      "111 уроков",
    ]);
  });

  test("in Arabic: each of the six has its own words", async () => {
    await speak("ar");
    const said = forms("lesson-count", [0, 1, 2, 3, 11, 100]);
    expect(new Set(said.map((one) => one.replace(/[\d٠-٩]+/g, ""))).size).toBeGreaterThanOrEqual(5);
    expect(said.slice(1, 3)).toEqual(["درس واحد", "درسان"]);
    expect(said[3]).toMatch(/^[3٣] دروس$/);
    // The dual stands alone: 102 is not two.
    expect(forms("lesson-count", [102])[0]).not.toContain("درسان");
  });

  test("say nothing of a number that is zero, where nothing is to be said", async () => {
    for (const language of ["en", "ar", "ru"] as const) {
      await speak(language);
      expect(t("messages-badge", { count: 0 })).toBe(t("messages"));
      expect(t("messages-badge", { count: 3 })).not.toBe(t("messages"));
    }
  });
});

describe("texts", () => {
  test("that nobody wrote are their own id, in every language", async () => {
    expect(t("no-such-text")).toBe("no-such-text");
    await speak("ar");
    expect(t("no-such-text")).toBe("no-such-text");
  });

  test("turn the page around in Arabic, and back", async () => {
    await speak("ar");
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(["ar", "rtl"]);
    await speak("ru");
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(["ru", "ltr"]);
  });

  test("set names apart where they could turn the sentence around, and only there", async () => {
    expect(t("start-hint", { name: "Eva" })).not.toContain(ISOLATE);
    expect(t("start-hint", { name: "إيفا" })).toContain(`${ISOLATE}إيفا${POP}`);
    expect(t("start-hint", { name: "אווה" })).toContain(`${ISOLATE}אווה${POP}`);
    await speak("ar");
    expect(t("start-hint", { name: "Eva" })).toContain(`${ISOLATE}Eva${POP}`);
  });

  test("every isolate is closed", async () => {
    await speak("ar");
    const text = t("notice-other_not_expert", { name: "Eva", course: "Fire drill" });
    expect([text.split(ISOLATE).length, text.split(POP).length]).toEqual([3, 3]);
  });
});

describe("the usual language", () => {
  test("is the one chosen here before, else the browser's first that we speak, else English", async () => {
    browserSpeaks("de-DE", "ru-RU", "ar");
    expect(usual()).toBe("ru");
    await speak("ar");
    expect(usual()).toBe("ar");
    localStorage.clear();
    browserSpeaks("de-DE");
    expect(usual()).toBe("en");
  });

  test("is never one that is not there", () => {
    localStorage.setItem("hallway-language", "tlh");
    browserSpeaks("ru");
    expect(usual()).toBe("ru");
    expect([isLanguage("ar"), isLanguage("de"), isLanguage("")]).toEqual([true, false, false]);
  });
});

describe("times", () => {
  const NIGHT = "2026-03-02T23:30:00Z";

  test("are the reader's: the day is that of their zone", () => {
    expect([dayOf(NIGHT), clock(NIGHT)]).toEqual(["2026-03-03", "00:30"]);
    wording.timeZone = "America/New_York";
    expect([dayOf(NIGHT), clock(NIGHT)]).toEqual(["2026-03-02", "18:30"]);
    wording.timeZone = "Asia/Riyadh";
    expect(clock(NIGHT)).toBe("02:30");
  });

  test("are written as where the reader lives", () => {
    browserSpeaks("en-US");
    expect(clock("2026-03-02T13:05:00Z")).toMatch(/^02:05\sPM$/);
    browserSpeaks("en-GB");
    expect(clock("2026-03-02T13:05:00Z")).toBe("14:05");
    expect(fullDate("2026-03-02T13:05:00Z")).toMatch(/^Monday,? 2 March 2026 at 14:05$/);
  });

  test("in the chosen language, not in the browser's", async () => {
    await speak("ru");
    expect(fullDate("2026-03-02T13:05:00Z")).toContain("понедельник");
    await speak("ar");
    expect(fullDate("2026-03-02T13:05:00Z")).toContain("الاثنين");
  });

  describe("at noon of the 2nd of March in Berlin", () => {
    beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-03-02T11:00:00Z"), toFake: ["Date"] }));

    test("a day is today, yesterday, a weekday with its date, and with its year when that is another", () => {
      expect(dayHeading("2026-03-02T05:00:00Z")).toBe("Today");
      expect(dayHeading("2026-03-01T23:30:00Z")).toBe("Today");
      expect(dayHeading("2026-03-01T22:30:00Z")).toBe("Yesterday");
      expect(dayHeading("2026-02-28T12:00:00Z")).toMatch(/^Saturday,? 28 February$/);
      expect(dayHeading("2025-12-31T12:00:00Z")).toMatch(/^Wednesday,? 31 December 2025$/);
    });

    test("in the list it is the time, the weekday of this week, the date", () => {
      expect(shortWhen("2026-03-02T05:00:00Z")).toBe("06:00");
      expect(shortWhen("2026-03-01T12:00:00Z")).toBe("Sun");
      expect(shortWhen("2026-02-24T12:00:00Z")).toBe("Tue");
      expect(shortWhen("2026-02-23T12:00:00Z")).toBe("23 Feb");
      expect(shortWhen("2025-12-31T12:00:00Z")).toBe("31 Dec 2025");
    });
  });

  test("the day after the clocks went forward is still tomorrow's yesterday", () => {
    vi.useFakeTimers({ now: new Date("2026-03-30T10:00:00Z"), toFake: ["Date"] });
    expect(dayHeading("2026-03-29T00:30:00Z")).toBe("Yesterday");
    expect(dayHeading("2026-03-28T12:00:00Z")).toMatch(/^Saturday,? 28 March$/);
  });
});

test("numbers are written as where the reader lives", async () => {
  expect(formatNumber(12_345.5)).toBe("12,345.5");
  browserSpeaks("en-GB", "ru-RU", "ar-EG");
  await speak("ru");
  expect(formatNumber(12_345)).toMatch(/^12\s345$/);
  await speak("ar");
  expect(formatNumber(12_345)).toBe("١٢٬٣٤٥");
});

test("a code that has no text yet has none, whatever it is called", () => {
  expect([known("today"), known("problem-of-tomorrow"), known("")]).toEqual(["Today", undefined, undefined]);
});
