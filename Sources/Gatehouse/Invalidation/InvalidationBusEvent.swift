/// An event that a node hears from an ``InvalidationBus``.
public enum InvalidationBusEvent: Sendable, Hashable {
    /// Another node forgot something.
    case invalidation(Invalidation)
    /// Everything that was published before this was sent has been delivered.
    case heartbeat
    /// Something may have been published that will not be delivered, such as while the connection was down.
    case mayHaveMissed
}
