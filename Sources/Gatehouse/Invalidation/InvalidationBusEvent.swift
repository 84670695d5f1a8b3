/// An event that a node hears from an ``InvalidationBus``.
public enum InvalidationBusEvent: Sendable, Hashable {
    /// Another node forgot something.
    case invalidation(Invalidation)
    /// Every event that was published before this heartbeat has been delivered.
    case heartbeat
    /// Events may have been published that are never delivered, for example while the connection was down.
    case mayHaveMissed
}
