import {fileURLToPath} from 'node:url';
import {linkPackage} from '../platform/files/folders.ts';
import {locations} from './locations.ts';

/** Lets a plugin's tests and editor find `cws/sdk`: a link to this cws, where no package of that name is installed. */
export const linkSdk = (folder: string): void => linkPackage(folder, 'cws', fileURLToPath(locations.package));
