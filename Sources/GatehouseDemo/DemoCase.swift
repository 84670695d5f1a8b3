#if Hummingbird && Curl
import HTTPTypes

/// A request of the demo: its sender, its content, and the expected status.
struct DemoCase: Sendable {
    let method: String
    let path: String
    /// The sender, in words for a reader.
    let who: String
    /// The bearer token; `nil` if there is none.
    let token: String?
    let expectedStatus: Int
    /// The header fields of the request, except for the token.
    var headerFields: HTTPFields = [:]
    /// The body; empty if there is none.
    var body: [UInt8] = []
    /// The address of the API.
    let address: String

    var request: String { "\(method) \(path)" }

    var curl: String {
        var words = ["curl", "-i"]
        if method != "GET" { words += ["-X", method] }
        if let token { words += ["-H", "'Authorization: Bearer \(token)'"] }
        for field in headerFields { words += ["-H", "'\(field.name): \(field.value)'"] }
        if !body.isEmpty { words += ["--data-binary", "'\(String(decoding: body, as: UTF8.self))'"] }
        return (words + ["\(address)\(path)"]).joined(separator: " ")
    }
}
#endif
