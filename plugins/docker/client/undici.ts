// A file of its own, because a bundler gives a CommonJS package that is imported late no named exports.
export {Pool} from 'undici';
