// Files that ask too much of a page, as text.

// Cells of a megabyte among ordinary ones: as customer, date, amount, product and as the name of a column.
export function megabyteCells() {
  const long = "Long".repeat(250_000);
  const lines = Array.from({ length: 12 }, (_, i) => `C${i % 4},2024-01-${10 + i},${i + 5},${i === 3 ? long : `soap ${i % 3}`},x`);
  lines.push(`${long},2024-02-02,7,y,${long}`, `C9,2024-02-03,${long},z,z`, `C9,${long},8,z,z`);
  return `customer,date,amount,product,${long}\n${lines.join("\n")}\n`;
}

// Five rows of so many columns.
export function wideTable(columns) {
  const names = Array.from({ length: columns - 3 }, (_, i) => `column ${i}`);
  const rows = Array.from({ length: 5 }, (_, i) => [`C${i % 2}`, `2024-01-0${i + 1}`, "5", ...names.map((_, at) => at)].join());
  return `customer,date,amount,${names.join()}\n${rows.join("\n")}\n`;
}

const million = (date) => {
  const lines = Array.from({ length: 1_000_000 }, (_, i) => `C${i % 2000},${date(i)},${i % 900}`);
  return `customer,date,amount\n${lines.join("\n")}\n`;
};
const before = (i, step) => new Date(Date.UTC(2024, 11, 31, 23, 59) - i * step).toISOString();

// A million purchases of two thousand customers, each on a day of its own: over 2,738 years.
export const millionDays = () => million((i) => before(i, 86_400_000).slice(0, 10));

// A million purchases of two thousand customers, each in a minute of its own: over 695 days.
export const millionMinutes = () => million((i) => before(i, 60_000).slice(0, 16).replace("T", " "));
