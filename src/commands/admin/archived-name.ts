/** Characters that unique columns hold. */
const LONGEST = 255;

/**
 * What archiving makes of a unique text, so that the text can be used again (internal-api 6.2, 6.4): the date stands in
 * front and, where the same text was archived on that day before, the time. What is too long then is cut.
 */
export async function archivedName(
  text: string,
  at: Date,
  isTaken: (name: string) => Promise<boolean>,
): Promise<string> {
  const [day = '', time = ''] = at.toISOString().slice(0, -1).split('T');
  const dated = `_archived_${day}_${text}`.slice(0, LONGEST);
  return (await isTaken(dated)) ? `_archived_${day}_${time}_${text}`.slice(0, LONGEST) : dated;
}
