import Synchronization

extension PermissionCache {
    /// Requires heartbeats: from now on, remembered roles are used only while a bus reports invalidations.
    func requireHeartbeats() {
        connectedUntil.store(0, ordering: .releasing)
    }

    /// Notes that the bus has delivered everything until now. After too long a silence, everything is forgotten first.
    func heartbeat() {
        let now = configuration.clock.now()
        if now.nanoseconds >= connectedUntil.load(ordering: .acquiring) { invalidate(.everything) }
        let until = now.advanced(by: configuration.disconnectedTimeToLive)
        connectedUntil.store(until.nanoseconds, ordering: .releasing)
    }

    /// Returns the instant until which memory may be used without a further sign of the bus, if the bus gave a sign now.
    func disconnectedUntil() -> MonotonicInstant {
        configuration.clock.now().advanced(by: configuration.disconnectedTimeToLive)
    }

    /// True if the bus is connected, or if there is no bus.
    public var isConnected: Bool {
        let moment = moment()
        return moment.now < moment.connectedUntil
    }
}
