/// A bus that carries invalidations between the nodes of a service.
public protocol InvalidationBus: Sendable {
    /// Tells every other node. The call must end in bounded time, with an error if the bus is unable to tell. The caller that took
    /// something away waits for this call, and a cancellation of that caller does not reach the bus.
    ///
    /// - Throws: An error if the bus was unable to hand on the invalidation. This node has then forgotten, and the other nodes forget as
    ///   <doc:Bounds> says.
    func publish(_ invalidation: Invalidation) async throws

    /// Returns the events of the other nodes from now on, beginning with ``InvalidationBusEvent/mayHaveMissed``. Where the stream ends, or
    /// the connection is lost and comes back, events may have been missed. If the stream ends without an error, the authorizer asks for a
    /// new stream at once. So a bus that has to wait must wait within the stream, and a bus that never comes back must throw.
    func events() -> AsyncThrowingStream<InvalidationBusEvent, any Error>
}
