#if TestServers
import FlyingFox
import FlyingSocks
import Foundation
import GatehouseBase
public import GatehouseTesting

extension JWKSServer {
    /// The server's answer to a request.
    public enum Answer: Sendable {
        /// The answer publishes keys. Clients may keep them for so many seconds (`Cache-Control: max-age`), or get no such field.
        case keys([KeyPair], maximumAge: Int? = nil)
        /// The answer has this text as its JSON body, even if the text is not JSON.
        case text(String, status: Int = 200)
        /// The answer redirects the client to another address, with the status 302.
        case redirect(to: String)
        /// The answer waits until a release, and the connection stays open.
        case stall
        /// The answer comes byte by byte with a pause, and never ends.
        case drip(every: Duration)
        /// The answer announces a body of so many bytes, and sends as many of them as the client takes.
        case flood(byteCount: Int)
    }
}

extension JWKSServer.Answer {
    var response: HTTPResponse {
        var headers: HTTPHeaders = [.contentType: "application/json"]
        switch self {
        case .keys(let pairs, let maximumAge):
            if let maximumAge { headers[HTTPHeader("Cache-Control")] = "max-age=\(maximumAge)" }
            return HTTPResponse(statusCode: .ok, headers: headers, body: Data(KeyPair.jwks(pairs).utf8))
        case .text(let text, let status):
            let status = HTTPStatusCode(status, phrase: "Scripted")
            return HTTPResponse(statusCode: status, headers: headers, body: Data(text.utf8))
        case .redirect(let address):
            return HTTPResponse(statusCode: .found, headers: HTTPHeaders([.location: address]))
        case .stall:
            return HTTPResponse(statusCode: .noContent)  // only for a stalled request that is released with a stall
        case .drip(let pause):
            let body = HTTPBodySequence(from: Blanks(count: .max, blockSize: 1, pause: pause))
            return HTTPResponse(statusCode: .ok, headers: headers, body: body)
        case .flood(let count):
            let body = HTTPBodySequence(from: Blanks(count: count, blockSize: 65_536), count: count)
            return HTTPResponse(statusCode: .ok, headers: headers, body: body)
        }
    }
}

/// A sequence of blanks in blocks. JSON may begin with blanks.
private struct Blanks: AsyncBufferedSequence, AsyncBufferedIteratorProtocol {
    typealias Element = UInt8

    var count: Int
    let blockSize: Int
    var pause: Duration?

    func makeAsyncIterator() -> Self { self }

    mutating func next() async throws -> UInt8? { try await nextBuffer(suggested: 1)?.first }

    mutating func nextBuffer(suggested: Int) async throws -> [UInt8]? {
        guard count > 0 else { return nil }
        if let pause { try await Task.sleep(for: pause) }
        let block = Swift.min(blockSize, count)
        count -= block
        return Array(repeating: UInt8(ascii: " "), count: block)
    }
}
#endif
