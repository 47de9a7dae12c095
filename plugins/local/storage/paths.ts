import {join} from 'node:path';
import {type LocalContext} from '../context.ts';

type Root = Pick<LocalContext, 'root'>;

const safeId = /^[a-z0-9][a-z0-9-]{0,80}$/;

/** Ids come back from outside; what is none must never reach the file system. */
export const isId = (id: string): boolean => safeId.test(id);

export const directoryOf = ({root}: Root, id: string): string => join(root, id);
export const fileOf = (context: Root, id: string, name: string): string => join(context.root, id, name);
export const workDirectoryOf = (context: Root, id: string): string => fileOf(context, id, 'work');

/** What a workstation is made in before it is there; one that is left over was never finished. */
export const unfinishedOf = ({root}: Root, id: string): string => join(root, `.${id}.new`);

/** Reservations of names: a link cannot be made twice, whichever process tries. */
export const namesDirectoryOf = ({root}: Root): string => join(root, '.names');
export const nameLinkOf = ({root}: Root, name: string): string => join(root, '.names', name);

/** Written whenever something changes, so that one watch on one directory sees every workstation. */
export const bellOf = ({root}: Root): string => join(root, '.bell');
