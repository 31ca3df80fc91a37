import type { KeyObject } from "node:crypto";
import { readStrike, type Strike, type Struck } from "#core/strike.ts";
import { isStamped, type Stamped, stampOf } from "#storage/stamp.ts";

/**
 * A mark in the place of a ballot: the voter's code was struck off before anybody voted with it. It is inserted on the condition
 * under which ballots are, so that of the two whichever comes first stands. In place of a tracking code, which is in capitals, it
 * has the word for why; in place of an envelope nothing. It bears the stamp, which neither `validate` nor a voter can make.
 */

type Marked = Readonly<{ hash: string; electionId: string; regionId: string }> & Struck;

/** @param key the election's stamp key */
export function strikeMark(key: KeyObject, { hash, electionId, regionId, strike, at }: Marked): Stamped {
  const sealed = { oneTimeKey: new Uint8Array(), envelope: new Uint8Array() };
  const mark = { hash, electionId, regionId, ...sealed, trackingCode: strike, castAt: at };
  return { ...mark, stamp: stampOf(key, mark) };
}

/** What an item of the box says of a struck code, whoever wrote it. */
export function struckIn({
  trackingCode,
  castAt,
}: Readonly<{ trackingCode: string; castAt: string }>): Struck | undefined {
  const strike = readStrike(trackingCode);
  return strike === undefined ? undefined : { strike, at: castAt };
}

/** Why a code was struck off, if the item is a mark that an officer stamped. */
export function stampedStrike(key: KeyObject, item: Stamped): Strike | undefined {
  return item.envelope.length > 0 || !isStamped(key, item) ? undefined : readStrike(item.trackingCode);
}
