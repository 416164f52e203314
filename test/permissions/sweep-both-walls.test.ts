import { sweep } from './sweep.js';

// As the service is run.
sweep(async () => {});
