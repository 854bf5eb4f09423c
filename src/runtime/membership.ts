/** Which nodes are alive, as far as this one knows. */
export type Membership = {
  /** This process's own number; never used again by another. */
  readonly node: number;
  /** Other nodes that are alive: their leases are not to be taken. */
  liveOthers(): number[];
};

/** Holder of a lease that travels with a hint: no node has taken it yet. */
export const IN_TRANSIT = 0;

export const alone: Membership = { node: 1, liveOthers: () => [] };
