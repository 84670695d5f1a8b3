/// For how long what was loaded may be used.
struct Validity: Sendable {
    let expires: MonotonicInstant
    /// The number of invalidations before its load began.
    let epoch: UInt64
    /// True if it was loaded without a bus that would tell of invalidations, and so for a short time only.
    let isProvisional: Bool

    /// - Parameter goodSince: the epoch from which on what was loaded for its organization is good.
    @inline(__always)
    func isUsable(_ moment: CacheMoment, goodSince: UInt64) -> Bool {
        moment.now < expires && (_fastPath(moment.now < moment.connectedUntil) || isProvisional) && goodSince <= epoch
    }
}

/// The moment at which a cache is asked.
struct CacheMoment {
    let now: MonotonicInstant
    /// Until when the last heartbeat of the bus vouches for what is remembered.
    let connectedUntil: MonotonicInstant
}
