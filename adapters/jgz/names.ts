/** The observation of the youth health care file by which a child is registered in the index; every other one is left alone. */
export const OBSERVATION = '1195'

/** Where in a message things stand, from the interaction down. */
export const PATHS = {
  message: 'id',
  made: 'creationTime',
  author: 'ControlActProcess/authorOrPerformer/participant/assignedPerson/code',
} as const

/** Statuses of the observation that take the registration back. */
export const CANCELLED = ['aborted', 'cancelled', 'nullified']

export const SEXES = { m: 'man', f: 'vrouw', un: 'onbekend' } as const

export const DEFAULT_FUNCTION = 'jeugdarts of jeugdverpleegkundige'
