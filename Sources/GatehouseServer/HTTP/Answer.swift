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

    /// Returns the response, with the request's id.
    func response(to method: HTTPRequest.Method, requestID: String) -> Response {
        var fields = fields(requestID: requestID)
        guard method == .head else {
            fields[.contentLength] = nil
            // An empty buffer would be written to the connection like any other buffer.
            let body = body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: body))
            return Response(status: status, headers: fields, body: body)
        }
        if fields[.contentLength] == nil { fields[.contentLength] = String(body.count) }
        return Response(status: status, headers: fields, body: ResponseBody())
    }

    /// Returns the head of the response to a request whose method is not HEAD, with the time of the answer. Hummingbird sends the same head
    /// for ``response(to:requestID:)``.
    func head(requestID: String, date: String) -> HTTPResponse {
        var fields = fields(requestID: requestID)
        fields[.contentLength] = String(body.count)
        fields.append(HTTPField(name: .date, value: date))
        return HTTPResponse(status: status, headerFields: fields)
    }

    /// Returns the fields with the request's id. No cache may store the answer, since a decision holds only for the moment of the question.
    private func fields(requestID: String) -> HTTPFields {
        var fields = fields
        fields[.xRequestID] = requestID
        if !fields.contains(.cacheControl) { fields.append(HTTPField(name: .cacheControl, value: "no-store")) }
        return fields
    }
}
#endif
