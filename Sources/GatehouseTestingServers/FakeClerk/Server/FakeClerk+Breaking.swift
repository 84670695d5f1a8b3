#if TestServers
import FlyingFox
import FlyingSocks
import Foundation

extension FakeExchange.Request {
    init(_ request: HTTPRequest, _ body: [UInt8]) {
        self.init(
            method: request.method.rawValue,
            path: request.target.path(),
            query: request.target.query(),
            authorization: request.headers[.authorization],
            version: request.headers[HTTPHeader("Clerk-API-Version")],
            contentType: request.headers[.contentType],
            body: body
        )
    }
}

extension FakeExchange.Answer {
    /// Returns the response with its fault.
    func sent() async -> HTTPResponse {
        var headers: HTTPHeaders = [.contentType: contentType]
        if let retryAfter { headers[HTTPHeader("Retry-After")] = String(retryAfter) }
        let code = HTTPStatusCode(status, phrase: status < 300 ? "OK" : "Refused")
        switch fault {
        case .reset?:
            let half = FaultyBytes(bytes: Array(body.prefix(body.count / 2)), breaks: true)
            let sequence = HTTPBodySequence(from: half, count: max(1, body.count))
            return HTTPResponse(statusCode: code, headers: headers, body: sequence)
        case .truncate?:
            return HTTPResponse(statusCode: code, headers: headers, body: Data(body.prefix(body.count / 2)))
        case .delay(let milliseconds)?:
            try? await Task.sleep(for: .milliseconds(milliseconds))
            return HTTPResponse(statusCode: code, headers: headers, body: Data(body))
        case .drip(let milliseconds)?:
            let drops = FaultyBytes(bytes: body, pause: .milliseconds(milliseconds))
            return HTTPResponse(
                statusCode: code,
                headers: headers,
                body: HTTPBodySequence(from: drops, count: body.count)
            )
        default: return HTTPResponse(statusCode: code, headers: headers, body: Data(body))
        }
    }
}

/// A sequence of bytes that comes slowly or breaks off.
private struct FaultyBytes: AsyncBufferedSequence, AsyncBufferedIteratorProtocol {
    typealias Element = UInt8

    var bytes: [UInt8]
    var pause: Duration?
    var breaks = false

    func makeAsyncIterator() -> Self { self }

    mutating func next() async throws -> UInt8? { try await nextBuffer(suggested: 1)?.first }

    mutating func nextBuffer(suggested: Int) async throws -> [UInt8]? {
        guard !bytes.isEmpty else {
            if breaks { throw SocketError.disconnected }
            return nil
        }
        if let pause { try await Task.sleep(for: pause) }
        let count = pause == nil ? bytes.count : 1
        defer { bytes.removeFirst(count) }
        return Array(bytes.prefix(count))
    }
}
#endif
