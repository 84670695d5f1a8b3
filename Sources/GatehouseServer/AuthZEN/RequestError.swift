#if Server
/// An error about a request that is not a valid question. The answer is 400.
struct RequestError: Error, Sendable, Hashable {
    /// A sentence that the sender can act on.
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
#endif
