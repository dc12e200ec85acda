/** Work that runs once at a time; asked for while it runs, it runs once more, however often it was asked for. */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let isWantedAgain = false;

  async function run(): Promise<void> {
    try {
      do {
        isWantedAgain = false;
        await work();
      } while (isWantedAgain);
    } finally {
      running = null;
    }
  }

  return () => {
    isWantedAgain = true;
    running ??= run();
    return running;
  };
}
