#if Server
import GatehouseBase
import GatehouseHTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// An answer of the sidecar, before it is sent.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var fields: HTTPFields = [:]
    var body: [UInt8] = []

    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, fields: [.contentType: "application/json"], body: value.utf8)
    }

    /// Makes an answer with problem details (RFC 9457), whose `detail` is the message.
    static func problem(
        _ status: HTTPResponse.Status,
        _ detail: String,
        code: String? = nil,
        requestID: String,
        fields: HTTPFields = [:]
    ) -> Answer {
        var members: [JSONMember] = [
            JSONMember("type", "about:blank"), JSONMember("title", .string(status.reasonPhrase)),
            JSONMember("status", .number(JSONNumber(status.code))),
        ]
        if let code { members.append(JSONMember("code", .string(code))) }
        members += [JSONMember("detail", .string(detail)), JSONMember("requestID", .string(requestID))]
        var answer = Answer(status: status, fields: fields, body: JSONValue.object(members).utf8)
        answer.fields[.contentType] = "application/problem+json"
        return answer
    }

    init(status: HTTPResponse.Status, fields: HTTPFields = [:], body: [UInt8] = []) {
        (self.status, self.fields, self.body) = (status, fields, body)
    }

    init(_ rejection: Rejection) {
        self.init(status: rejection.response.status, fields: rejection.response.headerFields, body: rejection.body)
    }

    /// Returns the response, with the request's id. A decision holds only for the moment of the question, so that no cache may store the
    /// answer.
    func response(to request: Request, requestID: String) -> Response {
        var fields = fields
        fields[.xRequestID] = requestID
        if fields[.cacheControl] == nil { fields[.cacheControl] = "no-store" }
        guard request.method == .head else {
            fields[.contentLength] = nil
            // An empty buffer would be written to the connection like any other buffer.
            let body = body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: body))
            return Response(status: status, headers: fields, body: body)
        }
        if fields[.contentLength] == nil { fields[.contentLength] = String(body.count) }
        return Response(status: status, headers: fields, body: ResponseBody())
    }
}
#endif
