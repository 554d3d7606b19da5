/** currentOp. */
import { currentOperation } from '../aggregate/current-op.ts';
import { okReply } from '../reply.ts';
import type { Command } from './command.ts';

/** What is being done now. */
export const currentOp: Command = {
  writes: false,
  run: (call) => okReply({ inprog: [currentOperation(call)] }),
};
