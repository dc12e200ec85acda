/** Six reactions at hand; all others come with their names when they are asked for. */
export const AT_HAND = ["👍", "❤️", "😂", "🎉", "👀", "🙏"] as const;
