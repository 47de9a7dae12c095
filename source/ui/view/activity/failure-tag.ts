/** Where answers of commands go that only have to be told when they fail. */
export const failureTag = 'view:failure';
