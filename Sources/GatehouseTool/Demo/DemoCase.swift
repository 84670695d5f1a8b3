#if Server
/// One request of the demo: who sends what, and what must come of it.
struct DemoCase: Sendable {
    let method: String
    let path: String
    /// The sender, in words.
    let who: String
    /// The bearer token; nil: none.
    let token: String?
    let expectedStatus: Int
    /// Where the API listens.
    let address: String

    var request: String { "\(method) \(path)" }

    var curl: String {
        var words = ["curl", "-i"]
        if method != "GET" { words += ["-X", method] }
        if let token { words += ["-H", "'Authorization: Bearer \(token)'"] }
        return (words + ["\(address)\(path)"]).joined(separator: " ")
    }
}
#endif
