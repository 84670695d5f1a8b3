#if Server
import GatehouseBase
import GatehouseHTTP
import HTTPTypes
import Hummingbird
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
    /// - Parameter path: The path of the proxy's request, without its query.
    func answer(_ request: Request, path: String, from peer: IPAddress?, requestID: String) async -> Answer {
        guard source.isTrusted(peer) else {
            return .problem(
                .forbidden,
                "only a trusted proxy may ask here",
                code: "forbidden",
                requestID: requestID
            )
        }
        let original: OriginalRequest
        do throws(RequestError) {
            original = try OriginalRequest(request.method, path, request.headers)
        } catch {
            return .problem(.badRequest, error.message, requestID: requestID)
        }
        var asked = AuthorizationRequest(
            method: original.method,
            path: original.path,
            headerFields: request.headers,
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
            return .problem(
                .forbidden,
                "the path could be read in two ways",
                code: "forbidden",
                requestID: requestID
            )
        }
        for (name, value) in match?.parameters ?? [] { asked.addParameter(name, value) }
        if request.headers.contains(.gatehouseRefusal) {
            guard case .reject(let rejection) = await again.authorize(asked, requires: match?.rule.requirement) else {
                return Self.overtaken(requestID)
            }
            return Answer(rejection)
        }
        switch await gate.authorize(asked, requires: match?.rule.requirement) {
        case .proceed(let authorized):
            if logger.logLevel <= .debug { RequestLog(requestLogger(original)).accepted(authorized) }
            return Self.accepted(authorized, logger, requestID)
        case .reject(let rejection):
            RequestLog(requestLogger(original)).rejected(asked, rejection)
            return Answer(rejection)
        }
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
    private static func accepted(_ request: AuthorizationRequest, _ logger: Logger, _ requestID: String) -> Answer {
        let principal = request.principal
        let values: [(HTTPField.Name, String)] = [
            (.gatehouseUser, principal?.id ?? ""), (.gatehouseOrganization, principal?.organization?.id ?? ""),
            (.gatehouseRole, principal?.roles.map(\.role).joined(separator: ",") ?? ""),
            (.gatehouseSession, principal?.session?.id ?? ""),
        ]
        let byteCount = values.reduce(0) { $0 + $1.0.rawName.utf8.count + $1.1.utf8.count + 4 }
        guard byteCount <= maximumFieldByteCount, values.allSatisfy({ $0.1.isFieldValue }) else {
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
