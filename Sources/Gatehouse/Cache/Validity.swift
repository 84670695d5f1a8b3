/// The time for which loaded roles may be used.
struct Validity: Sendable {
    let expires: MonotonicInstant
    /// The number of invalidations before the load began.
    let epoch: UInt64
    /// True if the roles were loaded without a bus that reports invalidations, so that they may be used only for a short time.
    let isProvisional: Bool

    /// Returns true if the roles may be used at a moment.
    ///
    /// - Parameter goodSince: The epoch from which on loads for the organization are valid.
    @inline(__always)
    func isUsable(_ moment: CacheMoment, goodSince: UInt64) -> Bool {
        moment.now < expires && (_fastPath(moment.now < moment.connectedUntil) || isProvisional) && goodSince <= epoch
    }
}

/// The moment of a look-up in a cache.
struct CacheMoment {
    let now: MonotonicInstant
    /// The instant until which the last heartbeat of the bus keeps memory valid.
    let connectedUntil: MonotonicInstant
}
