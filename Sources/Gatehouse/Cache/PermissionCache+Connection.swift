import Synchronization

extension PermissionCache {
    /// From now on what is remembered counts only while a bus tells of invalidations.
    func requireHeartbeats() {
        connectedUntil.store(0, ordering: .releasing)
    }

    /// The bus has delivered everything until now. After a silence that was too long, everything is forgotten first.
    func heartbeat() {
        let now = configuration.clock.now()
        if now.nanoseconds >= connectedUntil.load(ordering: .acquiring) { invalidate(.everything) }
        let until = now.advanced(by: configuration.disconnectedTimeToLive)
        connectedUntil.store(until.nanoseconds, ordering: .releasing)
    }

    /// Until when memory would serve without another sign of the bus, if that gave one now.
    func disconnectedUntil() -> MonotonicInstant {
        configuration.clock.now().advanced(by: configuration.disconnectedTimeToLive)
    }

    /// True if a bus vouches for what is remembered, or none has to.
    public var isConnected: Bool {
        let moment = moment()
        return moment.now < moment.connectedUntil
    }
}
