#if Server
import GatehouseBase
import GatehouseHTTP
import HTTPTypes
import Hummingbird
import Logging

/// Answers proxies that ask whether a request may go on.
struct ForwardAuth<A: Authenticator>: Sendable {
    /// How many bytes the fields of an answer may have together: nginx takes no more than 4 KiB of head.
    private static var maximumFieldByteCount: Int { 3_072 }

    let rules: RouteRules
    let gate: Gate<A>
    /// Decides for a proxy that asks once more, for the words of a refusal: that was recorded, counted and logged when it was given.
    let again: Gate<A>
    let source: SourceAddress
    let logger: Logger

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

    /// Writes which request is meant, without its query, which may hold secrets.
    private func requestLogger(_ request: OriginalRequest) -> Logger {
        var logger = logger
        logger[metadataKey: "gatehouse.request.method"] = "\(request.method.rawValue.inOneLine(upTo: 32))"
        logger[metadataKey: "gatehouse.request.path"] = "\(request.path.inOneLine(upTo: 256))"
        return logger
    }

    /// 503 to a proxy that was told no before, and asks again for the words: the application was not asked, whatever holds by now.
    private static func overtaken(_ requestID: String) -> Answer {
        .problem(
            .serviceUnavailable,
            "the request was refused, and would go on by now",
            code: "unavailable",
            requestID: requestID,
            fields: [.retryAfter: "1"]
        )
    }

    /// 200, with who asks. Each field is sent, empty where there is nothing to say, so that what a client sent under its name goes.
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
