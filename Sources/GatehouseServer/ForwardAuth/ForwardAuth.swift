#if Server
import GatehouseBase
import GatehouseHTTP
import HTTPTypes
import Logging

/// The answers to proxies that ask about a request.
struct ForwardAuth<A: Authenticator>: Sendable {
    /// The largest number of bytes of an answer's fields. nginx takes at most 4 KiB of head.
    private static var maximumFieldByteCount: Int { 3_072 }

    let rules: RouteRules
    let gate: Gate<A>
    /// The gate for a proxy that asks a second time, for the text of a refusal. The first refusal was already recorded, counted and logged.
    let again: Gate<A>
    let source: SourceAddress
    let logger: Logger

    /// Answers a proxy.
    ///
    /// - Parameters:
    ///   - head: The head of the proxy's request.
    ///   - path: The path of the proxy's request, without its query.
    func answer(_ head: HTTPRequest, path: String, from peer: IPAddress?, requestID: String) async -> Answer {
        let question: Question
        switch self.question(head, path: path, from: peer, requestID: requestID) {
        case .success(let asked): question = asked
        case .failure(let refusal): return refusal.answer
        }
        let requirement = question.match?.rule.requirement
        if head.headerFields.contains(.gatehouseRefusal) {
            guard case .reject(let rejection) = await again.authorize(question.request, requires: requirement) else {
                return Self.overtaken(requestID)
            }
            return Answer(rejection)
        }
        switch await gate.authorize(question.request, requires: requirement) {
        case .proceed(let authorized): return accepted(authorized, question.original, requestID)
        case .reject(let rejection):
            RequestLog(requestLogger(question.original)).rejected(question.request, rejection)
            return Answer(rejection)
        }
    }

    /// Answers a proxy at once if the answer is known; `nil` if ``answer(_:path:from:requestID:)`` has to be called.
    func answerAtHand(_ head: HTTPRequest, path: String, from peer: IPAddress?, requestID: String) -> Answer? {
        guard !head.headerFields.contains(.gatehouseRefusal) else { return nil }
        switch question(head, path: path, from: peer, requestID: requestID) {
        case .failure(let refusal): return refusal.answer
        case .success(let question):
            guard let requirement = question.match?.rule.requirement,
                let authorized = gate.authorizedAtHand(question.request, requires: requirement)
            else { return nil }
            return accepted(authorized, question.original, requestID)
        }
    }

    /// The request about which a proxy asks, with its route.
    private struct Question {
        let original: OriginalRequest
        let request: AuthorizationRequest
        let match: RouteMatch?
    }

    private struct Refusal: Error {
        let answer: Answer
    }

    private func question(
        _ head: HTTPRequest,
        path: String,
        from peer: IPAddress?,
        requestID: String
    ) -> Result<Question, Refusal> {
        func refusal(_ status: HTTPResponse.Status, _ message: String, code: String? = nil) -> Result<Question, Refusal>
        {
            .failure(Refusal(answer: .problem(status, message, code: code, requestID: requestID)))
        }
        guard source.isTrusted(peer) else {
            return refusal(.forbidden, "only a trusted proxy may ask here", code: "forbidden")
        }
        let original: OriginalRequest
        do throws(RequestError) {
            original = try OriginalRequest(head.method, path, head.headerFields)
        } catch {
            return refusal(.badRequest, error.message)
        }
        var request = AuthorizationRequest(
            method: original.method,
            path: original.path,
            headerFields: head.headerFields,
            requestID: requestID
        )
        let match: RouteMatch?
        do throws(RequestPathError) {
            match = try rules.match(original.method, original.path)
        } catch {
            requestLogger(original).info(
                "Request rejected",
                metadata: ["gatehouse.request.id": "\(requestID)", "gatehouse.reason.message": "\(error)"]
            )
            return refusal(.forbidden, "the path could be read in two ways", code: "forbidden")
        }
        for (name, value) in match?.parameters ?? [] { request.addParameter(name, value) }
        return .success(Question(original: original, request: request, match: match))
    }

    /// Returns a logger that names the request, without its query, which may contain secrets.
    private func requestLogger(_ request: OriginalRequest) -> Logger {
        var logger = logger
        logger[metadataKey: "gatehouse.request.method"] = "\(request.method.rawValue.inOneLine(upTo: 32))"
        logger[metadataKey: "gatehouse.request.path"] = "\(request.path.inOneLine(upTo: 256))"
        return logger
    }

    /// Returns 503 to a proxy that was refused before and asks for the text of the refusal, if the request is allowed by now. The
    /// application was not asked.
    private static func overtaken(_ requestID: String) -> Answer {
        .problem(
            .serviceUnavailable,
            "the request was refused, and would go on by now",
            code: "unavailable",
            requestID: requestID,
            fields: [.retryAfter: "1"]
        )
    }

    /// Returns 200 with the principal. Each field is sent, even if it is empty, so that it replaces a field of the same name from the
    /// client.
    private func accepted(_ request: AuthorizationRequest, _ original: OriginalRequest, _ requestID: String) -> Answer {
        if logger.logLevel <= .debug { RequestLog(requestLogger(original)).accepted(request) }
        let principal = request.principal
        let values: [(HTTPField.Name, String)] = [
            (.gatehouseUser, principal?.id ?? ""), (.gatehouseOrganization, principal?.organization?.id ?? ""),
            (.gatehouseRole, principal?.roles.map(\.role).joined(separator: ",") ?? ""),
            (.gatehouseSession, principal?.session?.id ?? ""),
        ]
        let byteCount = values.reduce(0) { $0 + $1.0.rawName.utf8.count + $1.1.utf8.count + 4 }
        guard byteCount <= Self.maximumFieldByteCount, values.allSatisfy({ $0.1.isFieldValue }) else {
            logger.warning(
                "Request rejected, since who asks cannot be said in header fields",
                metadata: ["gatehouse.request.id": "\(requestID)"]
            )
            return .problem(.forbidden, "who asks cannot be said", code: "forbidden", requestID: requestID)
        }
        var fields: HTTPFields = [:]
        for (name, value) in values { fields.append(HTTPField(name: name, value: value)) }
        return Answer(status: .ok, fields: fields)
    }
}
#endif
