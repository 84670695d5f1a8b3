#if TestServers
import GatehouseBase

extension FakeClerk {
    /// A fault of an answer.
    public enum Fault: Sendable, Hashable {
        /// The answer has this status, and the request is not carried out. An answer with 429 may have `Retry-After`, in seconds.
        case status(Int, retryAfter: Int? = nil)
        /// The answer is a page of HTML with this status, as a proxy on the way sends it. The request is not carried out.
        case html(Int = 502)
        /// The request is carried out, and the connection breaks in the middle of the answer.
        case reset
        /// The request is carried out, and the JSON of the answer is cut off.
        case truncate
        /// The request is carried out, and the answer comes after so many milliseconds.
        case delay(milliseconds: Int)
        /// The request is carried out, and the answer comes byte by byte, with a pause of so many milliseconds.
        case drip(milliseconds: Int)
    }
}
#endif
