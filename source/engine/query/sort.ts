export type SortColumn = 'name' | 'provider' | 'where' | 'type' | 'status' | 'size' | 'age' | 'hourly' | 'monthly';

export type Sort = {readonly column: SortColumn; readonly isDescending: boolean};

/** What costs most comes first. */
export const defaultSort: Sort = {column: 'hourly', isDescending: true};
