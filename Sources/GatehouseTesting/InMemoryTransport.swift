public import GatehouseTokens
import HTTPTypes
import Synchronization

/// An `HTTPTransport` that answers from memory and stores its requests. The transport opens no socket.
public final class InMemoryTransport: HTTPTransport {
    /// The result of a request.
    public typealias Answer = Result<HTTPTransportResponse, HTTPTransportError>

    private let answer: @Sendable (HTTPTransportRequest, Int) async -> Answer
    private let received = Mutex<[HTTPTransportRequest]>([])

    /// Makes a transport that calls this closure, with the request and its number from 0.
    public init(_ answer: @escaping @Sendable (HTTPTransportRequest, Int) async -> Answer) {
        self.answer = answer
    }

    /// Makes a transport that returns these answers one after another, and the last answer for all further requests.
    public convenience init(answers: [Answer]) {
        self.init { _, number in
            answers.isEmpty
                ? .failure(HTTPTransportError(.connectionFailed, "no answer was scripted"))
                : answers[min(number, answers.count - 1)]
        }
    }

    /// The requests so far.
    public var requests: [HTTPTransportRequest] { received.withLock { $0 } }

    /// Returns the next answer.
    public func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse {
        let number = received.withLock { received in
            received.append(request)
            return received.count - 1
        }
        let response = try await answer(request, number).get()
        guard response.body.count <= request.maximumResponseByteCount else {
            throw HTTPTransportError(.responseTooLarge, "the answer is larger than was asked for")
        }
        return response
    }
}

extension Result where Success == HTTPTransportResponse, Failure == HTTPTransportError {
    /// Makes a response with the status 200 and this JSON.
    public static func json(_ text: String) -> Self {
        let fields: HTTPFields = [.contentType: "application/json"]
        return .success(HTTPTransportResponse(status: .ok, headerFields: fields, body: Array(text.utf8)))
    }
}
