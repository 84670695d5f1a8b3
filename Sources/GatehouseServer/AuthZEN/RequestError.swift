#if Server
/// The fault of a request that is no question. The answer is 400.
struct RequestError: Error, Sendable, Hashable {
    /// One sentence that its sender can act on.
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
#endif
