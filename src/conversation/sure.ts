/** Below this a reading is offered as a guess instead of acted upon: confidence, 0 to 1. */
export const SURE = 0.45;
