/// Carries invalidations between the nodes of a service.
public protocol InvalidationBus: Sendable {
    /// Tells every other node. It must end in bounded time, with an error where it cannot: whoever took something away waits for it,
    /// and its cancellation does not reach here.
    ///
    /// - Throws: An error if it could not be handed on. This node has then forgotten, and the others will as <doc:Bounds> says.
    func publish(_ invalidation: Invalidation) async throws

    /// Returns the news from the other nodes from now on, ``InvalidationBusEvent/mayHaveMissed`` first. Where it ends, or the connection is
    /// lost and comes back, something may have been missed. Where it just ends, it is asked for again at once: a bus that has to wait does
    /// so within, and one that will never come back throws.
    func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error>
}
