/** What the list can be ordered by, in the order of its columns. */
export const sortColumns = ['name', 'provider', 'where', 'type', 'status', 'size', 'age', 'hourly', 'monthly'] as const;

export type SortColumn = (typeof sortColumns)[number];

export type Sort = {readonly column: SortColumn; readonly isDescending: boolean};

/** What costs most comes first. */
export const defaultSort: Sort = {column: 'hourly', isDescending: true};
