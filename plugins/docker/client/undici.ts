// Only the parts that are used: the whole package takes twice as long to load and half as much memory again. The build fails when an
// update of undici moves them.
import dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import pool from 'undici/lib/dispatcher/pool.js';
import request from 'undici/lib/api/api-request.js';
import upgrade from 'undici/lib/api/api-upgrade.js';

Object.assign(dispatcher.prototype, {request, upgrade});

export const Pool = pool;
