import {definePlugin} from 'cws/sdk';

export default definePlugin({});
