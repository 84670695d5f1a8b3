/// The answer to a refused sender: one of five bodies (RFC 9457), without further details.
enum Problem: String {
    case badRequest = "bad-request"
    case unauthenticated
    case forbidden
    case unavailable
    case internalError = "internal-error"

    var status: HTTPResponse.Status {
        switch self {
        case .badRequest: .badRequest
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .unavailable: .serviceUnavailable
        case .internalError: .internalServerError
        }
    }

    func body(requestID: String) -> [UInt8] {
        let problem: JSONValue = [
            "type": "about:blank",
            "title": .string(status.reasonPhrase),
            "status": .number(JSONNumber(status.code)),
            "code": .string(rawValue),
            "requestID": .string(requestID),
        ]
        return problem.utf8
    }
}
