#if TestServers
import GatehouseBase

/// The reason why the fake refuses a request, in the form of Clerk's errors.
struct FakeRefusal: Error {
    var status: Int
    var code: String
    var message: String
    var parameter: String?
    var retryAfter: Int?

    init(_ status: Int, _ code: String, _ message: String, parameter: String? = nil, retryAfter: Int? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.parameter = parameter
        self.retryAfter = retryAfter
    }

    static func notFound(_ kind: String) -> FakeRefusal {
        FakeRefusal(404, "resource_not_found", "No \(kind) was found.")
    }

    static func invalid(_ parameter: String, _ message: String, code: String = "form_param_value_invalid")
        -> FakeRefusal
    {
        FakeRefusal(422, code, "\(parameter) \(message)", parameter: parameter)
    }

    static func taken(_ parameter: String) -> FakeRefusal {
        FakeRefusal(422, "form_identifier_exists", "That \(parameter) is taken.", parameter: parameter)
    }

    func body(traceID: String) -> JSONValue {
        let meta: JSONValue = parameter.map { ["param_name": .string($0)] } ?? [:]
        return [
            "errors": [
                ["message": .string(message), "long_message": .string(message), "code": .string(code), "meta": meta]
            ],
            "clerk_trace_id": .string(traceID),
        ]
    }
}
#endif
