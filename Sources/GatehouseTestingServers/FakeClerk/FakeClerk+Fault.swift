#if TestServers
import GatehouseBase

extension FakeClerk {
    /// How an answer goes wrong.
    public enum Fault: Sendable, Hashable {
        /// This status, and nothing is done. With 429 and a time, `Retry-After`.
        case status(Int, retryAfter: Int? = nil)
        /// A page of HTML with this status, as a proxy in between sends it; nothing is done.
        case html(Int = 502)
        /// The request is carried out, and the connection breaks in the middle of the answer.
        case reset
        /// The request is carried out, and the answer is cut off: JSON that does not end.
        case truncate
        /// The request is carried out, and the answer comes after so many milliseconds.
        case delay(milliseconds: Int)
        /// The request is carried out, and the answer comes byte by byte, with so many milliseconds between.
        case drip(milliseconds: Int)
    }
}
#endif
