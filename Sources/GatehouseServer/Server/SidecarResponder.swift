#if Server
import Gatehouse
import GatehouseBase
import GatehouseHTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A responder that answers the requests of a sidecar.
struct SidecarResponder: HTTPResponder {
    typealias Context = SidecarContext

    let decisions: DecisionPoint
    let keys: APIKeys
    let discovery: Discovery?
    let forwardAuth: ForwardAuth<SidecarAuthenticator>
    let source: SourceAddress
    let webhooks: (any WebhookAnswering)?
    let health: Health
    let metrics: SidecarMetrics
    let limits: ServerConfiguration.Limits
    let logger: Logger

    func respond(to request: Request, context: SidecarContext) async throws -> Response {
        let start = ContinuousClock.now
        let id = RequestName.of(request.headers)
        let path = request.head.pathWithoutQuery
        let endpoint = Endpoint(path: path, discovery: discovery?.path)
        let response = await answer(endpoint, request, path, context, id).response(to: request.method, requestID: id)
        metrics.answered(endpoint, status: response.status.code, in: .now - start)
        return response
    }

    private func answer(
        _ endpoint: Endpoint,
        _ request: Request,
        _ path: String,
        _ context: SidecarContext,
        _ id: String
    ) async -> Answer {
        switch endpoint {
        case .forwardAuth:
            let description = description(of: request, context, id)
            guard let description else {
                return await forwardAuth.answer(request.head, path: path, from: context.peer, requestID: id)
            }
            return await RequestDescription.$current.withValue(description) {
                await forwardAuth.answer(request.head, path: path, from: context.peer, requestID: id)
            }
        case .evaluation, .evaluations, .searchSubject, .searchResource, .searchAction:
            return await decide(endpoint, request, context, id)
        case .webhooks:
            guard let webhooks else { return .problem(.notFound, "webhooks are not configured", requestID: id) }
            return await webhooks.answer(request, requestID: id)
        case .unknown: return .problem(.notFound, "there is nothing at this address", requestID: id)
        case .discovery, .live, .ready, .metrics:
            guard request.method == .get || request.method == .head else { return Self.wrongMethod("GET, HEAD", id) }
            switch endpoint {
            case .discovery: return .json(discovery?.document ?? [:])
            case .live: return .json(["status": "live"])
            case .ready: return health.answer
            default:
                return Answer(
                    status: .ok,
                    fields: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                    body: Array(metrics.registry.text.utf8)
                )
            }
        }
    }

    private static func wrongMethod(_ allowed: String, _ id: String) -> Answer {
        .problem(.methodNotAllowed, "the method must be \(allowed)", requestID: id, fields: [.allow: allowed])
    }

    /// Returns the description of the request for records; `nil` if nobody observes decisions.
    private func description(of request: Request, _ context: SidecarContext, _ id: String) -> RequestDescription? {
        guard !decisions.authorizer.observers.isEmpty else { return nil }
        return RequestDescription(
            id: id,
            address: source.of(request.headers, from: context.peer)?.description,
            userAgent: request.headers[.userAgent].map { $0.inOneLine(upTo: 256) }
        )
    }
}

/// The answers of the decision API.
extension SidecarResponder {
    private func decide(_ endpoint: Endpoint, _ request: Request, _ context: SidecarContext, _ id: String) async
        -> Answer
    {
        guard request.method == .post else { return Self.wrongMethod("POST", id) }
        if let refusal = refusal(of: request.headers, from: context.peer, id) { return refusal }
        guard request.headers.isJSON else {
            return .problem(.badRequest, "the request must have the content type application/json", requestID: id)
        }
        let body: JSONNode
        switch await self.body(of: request, id) {
        case .success(let node): body = node
        case .failure(let refusal): return refusal.answer
        }
        do throws(DecisionPoint.Failure) {
            guard let description = description(of: request, context, id) else {
                return .json(try await decision(endpoint, body))
            }
            let result = await RequestDescription.$current.withValue(description) {
                await decided(endpoint, body)
            }
            return .json(try result.get())
        } catch {
            switch error {
            case .request(let error): return .problem(.badRequest, error.message, requestID: id)
            case .undecided(let error):
                logger.error(
                    "A question could not be decided",
                    metadata: ["gatehouse.request.id": "\(id)", "gatehouse.reason.message": "\(error)"]
                )
                let seconds = max(1, error.retryAfter?.components.seconds ?? 5)
                return .problem(
                    .serviceUnavailable,
                    "the question could not be decided",
                    code: "unavailable",
                    requestID: id,
                    fields: [.retryAfter: String(seconds)]
                )
            }
        }
    }

    private func decided(_ endpoint: Endpoint, _ body: JSONNode) async -> Result<JSONValue, DecisionPoint.Failure> {
        do throws(DecisionPoint.Failure) {
            return .success(try await decision(endpoint, body))
        } catch {
            return .failure(error)
        }
    }

    private func decision(_ endpoint: Endpoint, _ body: JSONNode) async throws(DecisionPoint.Failure) -> JSONValue {
        switch endpoint {
        case .evaluations: try await decisions.evaluations(body)
        case .searchSubject: try await decisions.search(.subject, body)
        case .searchResource: try await decisions.search(.resource, body)
        case .searchAction: try await decisions.search(.action, body)
        default: try await decisions.evaluation(body)
        }
    }

    /// Returns the reason why the caller may not ask; `nil` if the caller may ask.
    func refusal(of fields: HTTPFields, from peer: IPAddress?, _ id: String) -> Answer? {
        guard keys.isEmpty else {
            guard !keys.accept(fields) else { return nil }
            let hasCredential = fields.contains(.authorization)
            return .problem(
                .unauthorized,
                "the request needs an API key as its bearer token",
                code: "unauthenticated",
                requestID: id,
                fields: [.wwwAuthenticate: hasCredential ? #"Bearer error="invalid_token""# : "Bearer"]
            )
        }
        // Behind a proxy on this machine, every caller would seem to be on this machine.
        let address = source.of(fields, from: peer)
        guard peer?.isLoopback == true, address?.isLoopback == true else {
            return .problem(
                .forbidden,
                "without API keys only this machine itself may ask",
                code: "forbidden",
                requestID: id
            )
        }
        // A web page whose host name points to this machine can make its visitors' browsers ask.
        guard !fields.contains(.origin) else {
            return .problem(
                .forbidden,
                "without API keys no page of a browser may ask",
                code: "forbidden",
                requestID: id
            )
        }
        return nil
    }

    private struct Refusal: Error {
        let answer: Answer
    }

    private func body(of request: Request, _ id: String) async -> Result<JSONNode, Refusal> {
        let limit = limits.bodyByteCount
        let tooLarge = Answer.problem(.contentTooLarge, "the body is longer than \(limit) bytes", requestID: id)
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            return .failure(Refusal(answer: tooLarge))
        }
        do {
            let buffer = try await request.body.collect(upTo: limit)
            return .success(try JSONDocument(parsing: Array(buffer.readableBytesView)).root)
        } catch is NIOTooManyBytesError {
            return .failure(Refusal(answer: tooLarge))
        } catch let error as JSONError {
            return .failure(Refusal(answer: .problem(.badRequest, "the body: \(error)", requestID: id)))
        } catch {
            return .failure(Refusal(answer: .problem(.badRequest, "the body cannot be read", requestID: id)))
        }
    }
}

extension HTTPRequest {
    /// The path as it was sent, without its query.
    var pathWithoutQuery: String {
        let target = path ?? ""
        return target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
    }
}

extension HTTPFields {
    /// True if there is exactly one content type, and it is JSON, with or without parameters.
    var isJSON: Bool {
        let types = self[values: .contentType]
        guard types.count == 1, let type = types.first else { return false }
        if type.hasSameBytes(as: "application/json") { return true }
        let parts = type.utf8.split(separator: UInt8(ascii: ";"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let essence = parts.first else { return false }
        let name = String(Substring(essence)).filter { $0 != " " && $0 != "\t" }
        return name.withUTF8Bytes { name in
            "application/json".withUTF8Bytes { name.hasSameASCIIFoldedBytes(as: $0) }
        }
    }
}
#endif
