#if NIO && Hummingbird && FlyingFox && GRPC
import GatehouseHTTP

/// A request of the table: who sends what, and what every server must answer. A server that answers otherwise has its own status and a
/// reason.
struct HostRequest: Sendable, CustomStringConvertible {
    let caller: Caller
    let method: String
    let target: String
    var fields: [(String, String)] = []
    var body = ""
    var version = "HTTP/1.1"
    let status: Int
    var others: [Host: (status: Int, reason: String)] = [:]

    init(
        _ caller: Caller,
        _ method: String,
        _ target: String,
        _ status: Int,
        fields: [(String, String)] = [],
        body: String = "",
        version: String = "HTTP/1.1",
        but others: [Host: (status: Int, reason: String)] = [:]
    ) {
        (self.caller, self.method, self.target, self.status) = (caller, method, target, status)
        (self.fields, self.body, self.version, self.others) = (fields, body, version, others)
    }

    /// The request as it is sent; a field named `Authorization` takes the place of the caller's own.
    var text: String {
        get throws {
            var lines = ["\(method) \(target) \(version)", "Host: localhost", "Connection: close"]
            if let token = try caller.token, !fields.contains(where: { $0.0 == "Authorization" }) {
                lines.append("Authorization: Bearer \(token)")
            }
            for (name, value) in fields {
                let token = try Caller.member.token ?? ""
                lines.append("\(name): \(value.replacing("TOKEN", with: token))")
            }
            return (lines + ["", body]).joined(separator: "\r\n")
        }
    }

    func expectedStatus(of host: Host) -> Int { others[host]?.status ?? status }

    var description: String {
        let names = fields.map { "\($0.0): \($0.1.prefix(40))" }.joined(separator: ", ")
        return "\(caller) \(method) \(target.debugDescription) \(names)"
    }
}

extension [Host: (status: Int, reason: String)] {
    static var slash: Self {
        [
            .hummingbird: (400, "its router ignores a trailing slash, so that another rule could be meant"),
            .flyingFox: (400, "its router ignores a trailing slash, so that another rule could be meant"),
        ].vapor(400, "its router ignores a trailing slash, so that another rule could be meant")
    }
    static var encoded: Self {
        [:].vapor(200, "it encodes such characters before any middleware sees the target")
    }

    /// These, and that of Vapor where the trait Vapor is on; the status 0 stands for a connection that ends without an answer.
    func vapor(_ status: Int, _ reason: String) -> Self {
        #if Vapor
        merging([.vapor: (status, reason)]) { $1 }
        #else
        self
        #endif
    }
    static var letters: Self {
        [
            .flyingFox: (400, "its router ignores case, so that another rule could be meant")
        ]
    }
    static var lastOfRepeated: Self {
        [
            .flyingFox: (200, "it keeps the last of several equal fields alone")
        ]
    }
    static var anyMethod: Self {
        [
            .flyingFox: (401, "it takes any method, in upper case; SwiftNIO's decoder refuses unknown ones")
        ]
    }
}

/// The table.
enum HostTable {
    static let requests: [HostRequest] = routes + paths + credentials + methods + bodies

    private static let routes: [HostRequest] = [
        HostRequest(.nobody, "GET", "/public", 200), HostRequest(.nobody, "GET", "/public/", 200),
        HostRequest(.nobody, "GET", "/public/a/b?c=//", 200), HostRequest(.nobody, "POST", "/public/a", 200),
        HostRequest(.nobody, "HEAD", "/public/a", 200), HostRequest(.forged, "GET", "/public/a", 200),
        HostRequest(.expired, "GET", "/public/a", 200), HostRequest(.nobody, "GET", "/", 200),
        HostRequest(.nobody, "GET", "/me", 401), HostRequest(.member, "GET", "/me", 200),
        HostRequest(.admin, "GET", "/me", 200), HostRequest(.stranger, "GET", "/me", 200),
        HostRequest(.expired, "GET", "/me", 401), HostRequest(.forged, "GET", "/me", 401),
        HostRequest(.nobody, "GET", "/invoices", 401), HostRequest(.member, "GET", "/invoices", 200),
        HostRequest(.admin, "GET", "/invoices", 200), HostRequest(.forged, "GET", "/invoices", 401),
        HostRequest(.member, "GET", "/invoices?token=x", 200), HostRequest(.nobody, "POST", "/invoices", 401),
        HostRequest(.member, "POST", "/invoices", 403), HostRequest(.admin, "POST", "/invoices", 200),
        HostRequest(.admin, "PUT", "/invoices", 403), HostRequest(.nobody, "DELETE", "/invoices/7", 401),
        HostRequest(.member, "DELETE", "/invoices/7", 403), HostRequest(.admin, "DELETE", "/invoices/7", 200),
        HostRequest(.admin, "GET", "/invoices/7", 403), HostRequest(.nobody, "GET", "/orgs/org_1", 401),
        HostRequest(.member, "GET", "/orgs/org_1", 200), HostRequest(.stranger, "GET", "/orgs/org_1", 403),
        HostRequest(.stranger, "GET", "/orgs/org_2", 200), HostRequest(.member, "GET", "/orgs/org_1/admin", 403),
        HostRequest(.admin, "GET", "/orgs/org_1/admin", 200), HostRequest(.admin, "GET", "/orgs/org_1/admin/", 200),
        HostRequest(.admin, "GET", "/orgs/org_1/admin/x/y", 200),
        HostRequest(.admin, "GET", "/orgs/org_2/admin/x", 403), HostRequest(.nobody, "GET", "/step-up", 401),
        HostRequest(.member, "GET", "/step-up", 403), HostRequest(.stepped, "GET", "/step-up", 200),
        HostRequest(.member, "GET", "/pro", 403), HostRequest(.stepped, "GET", "/pro", 200),
        HostRequest(.member, "GET", "/feature", 403), HostRequest(.stepped, "GET", "/feature", 200),
        HostRequest(.admin, "GET", "/machine", 403), HostRequest(.member, "GET", "/down", 503),
        HostRequest(.member, "GET", "/either", 503), HostRequest(.admin, "GET", "/either", 200),
        HostRequest(.admin, "GET", "/nobody", 403), HostRequest(.nobody, "GET", "/nobody", 401),
        HostRequest(.nobody, "GET", "/none", 401), HostRequest(.admin, "GET", "/none", 403),
        HostRequest(.expired, "GET", "/none", 401), HostRequest(.nobody, "GET", "/pages/secret", 401),
        HostRequest(.member, "GET", "/pages/secret", 403), HostRequest(.admin, "GET", "/pages/secret", 200),
        HostRequest(.nobody, "GET", "/pages/other", 200),
    ]

    private static let paths: [HostRequest] = [
        HostRequest(.nobody, "GET", "/pages/secret/", 401, but: .slash),
        HostRequest(.nobody, "GET", "/pages/SECRET", 200, but: .letters),
        HostRequest(.nobody, "GET", "/pages/Secre%74", 400), HostRequest(.nobody, "GET", "/pages/%73ecret", 400),
        HostRequest(.member, "GET", "/invoices/", 403, but: .slash),
        HostRequest(.admin, "GET", "/INVOICES", 403, but: .letters),
        HostRequest(.nobody, "GET", "/public//a", 400),
        HostRequest(
            .nobody,
            "GET",
            "//public",
            400,
            but: [:].vapor(200, "it takes slashes at the start for one before any middleware sees the target")
        ),
        HostRequest(.nobody, "GET", "/public/./a", 400), HostRequest(.nobody, "GET", "/public/../me", 400),
        HostRequest(.nobody, "GET", "/public/..", 400), HostRequest(.nobody, "GET", "/public/%2e%2e/me", 400),
        HostRequest(.nobody, "GET", "/public/%2E%2E/me", 400), HostRequest(.nobody, "GET", "/public/a%2Fb", 400),
        HostRequest(.nobody, "GET", "/public/a%2fb", 400), HostRequest(.nobody, "GET", "/public/a%5Cb", 400),
        HostRequest(.nobody, "GET", "/public/a\\b", 400), HostRequest(.nobody, "GET", "/public;a=b/c", 400),
        HostRequest(.nobody, "GET", "/public/a%3Bb", 400), HostRequest(.nobody, "GET", "/public/%00", 400),
        HostRequest(.nobody, "GET", "/public/%0D%0AX", 400), HostRequest(.nobody, "GET", "/public/%252e", 400),
        HostRequest(.nobody, "GET", "/public/%zz", 400), HostRequest(.nobody, "GET", "/public/%", 400),
        HostRequest(.nobody, "GET", "/public/caf%C3%A9", 200), HostRequest(.nobody, "GET", "/public/caf%c3%a9", 400),
        HostRequest(.nobody, "GET", "/public/%FF", 400), HostRequest(.nobody, "GET", "/public/%C0%AF", 400),
        HostRequest(.nobody, "GET", "/public/a%20b", 200), HostRequest(.nobody, "GET", "/public/%E2%80%A8", 400),
        HostRequest(.nobody, "GET", "/public/[a]", 400, but: .encoded),
        HostRequest(.nobody, "GET", "/public/a|b", 400, but: .encoded),
        HostRequest(.admin, "GET", "/orgs//admin", 400),
        HostRequest(
            .nobody,
            "GET",
            "http://localhost/public",
            400,
            but: [.hummingbird: (200, "it takes the path out of an absolute target, for guard and router alike")]
        ),

        HostRequest(.nobody, "OPTIONS", "*", 400, but: [:].vapor(401, "it reads * as a path, which no rule names")),
        HostRequest(.nobody, "GET", "/public/a#b", 400),
    ]

    private static let credentials: [HostRequest] = [
        HostRequest(.member, "GET", "/me", 401, fields: [("Authorization", "Basic TOKEN")]),
        HostRequest(.member, "GET", "/me", 401, fields: [("Authorization", "TOKEN")]),
        HostRequest(.member, "GET", "/me", 401, fields: [("Authorization", "Bearer")]),
        HostRequest(.member, "GET", "/me", 401, fields: [("Authorization", "Bearer TOKEN TOKEN")]),
        HostRequest(.member, "GET", "/me", 401, fields: [("Authorization", "Bearer TOKEN, Bearer TOKEN")]),
        HostRequest(.member, "GET", "/me", 401, fields: [("Authorization", "Bearer\tTOKEN")]),
        HostRequest(.member, "GET", "/me", 401, fields: [("Authorization", "Bearer a.b.c")]),
        HostRequest(.member, "GET", "/me", 200, fields: [("Authorization", "bearer TOKEN")]),
        HostRequest(.member, "GET", "/me", 200, fields: [("Authorization", "Bearer  TOKEN")]),
        HostRequest(
            .member,
            "GET",
            "/me",
            401,
            fields: [("Authorization", "Basic x"), ("Authorization", "Bearer TOKEN")],
            but: .lastOfRepeated
        ),
        HostRequest(
            .nobody,
            "GET",
            "/public",
            200,
            fields: [("Authorization", "Bearer x"), ("Authorization", "Bearer y")]
        ),
        HostRequest(.nobody, "GET", "/me?access_token=TOKEN", 401),
        HostRequest(.nobody, "GET", "/me", 401, fields: [("Proxy-Authorization", "Bearer TOKEN")]),
        HostRequest(.nobody, "GET", "/me", 200, fields: [("Cookie", "a=b; __session=TOKEN; __client_uat=1")]),
        HostRequest(.nobody, "GET", "/me", 401, fields: [("Cookie", "__session=TOKEN")]),
        HostRequest(.nobody, "GET", "/me", 401, fields: [("Cookie", "__client_uat=1")]),
        HostRequest(.nobody, "GET", "/me", 401, fields: [("Cookie", "__session=x; __client_uat=1")]),
        HostRequest(
            .nobody,
            "GET",
            "/me",
            401,
            fields: [("Cookie", "__session=TOKEN; __session=TOKEN; __client_uat=1")]
        ),
        HostRequest(.nobody, "GET", "/me", 401, fields: [("Cookie", "__SESSION=TOKEN; __client_uat=1")]),
        HostRequest(.forged, "GET", "/me", 401, fields: [("Cookie", "__session=TOKEN; __client_uat=1")]),
        HostRequest(
            .nobody,
            "GET",
            "/me",
            401,
            fields: [("Cookie", "__session=x"), ("Cookie", "__session=TOKEN; __client_uat=1")],
            but: .lastOfRepeated
        ),
        HostRequest(.nobody, "GET", "/me", 401, fields: [("X-Original-URL", "/public"), ("X-Rewrite-URL", "/public")]),
        HostRequest(
            .nobody,
            "GET",
            "/me",
            401,
            fields: [("X-Forwarded-User", "admin"), ("X-Gatehouse-User", "admin")]
        ),
    ]

    private static let methods: [HostRequest] = [
        HostRequest(.nobody, "HEAD", "/me", 401), HostRequest(.member, "HEAD", "/me", 200),
        HostRequest(.nobody, "HEAD", "/invoices", 401), HostRequest(.member, "HEAD", "/invoices", 200),
        HostRequest(.stranger, "HEAD", "/orgs/org_1", 403), HostRequest(.member, "PATCH", "/me", 200),
        HostRequest(.nobody, "OPTIONS", "/me", 401), HostRequest(.member, "OPTIONS", "/invoices", 403),
        HostRequest(
            .nobody,
            "BREW",
            "/me",
            400,
            but: [.flyingFox: (404, "its own root route knows the usual methods alone")].vapor(
                0,
                "it ends the connection where SwiftNIO's decoder refuses a method"
            )
        ),
        HostRequest(
            .nobody,
            "get",
            "/me",
            400,
            but: .anyMethod.vapor(0, "it ends the connection, as for any method that is unknown")
        ),
        HostRequest(.member, "GET", "/invoices", 200, fields: [("X-HTTP-Method-Override", "POST")]),
        HostRequest(.member, "POST", "/invoices", 403, fields: [("X-HTTP-Method-Override", "GET")]),
        HostRequest(
            .nobody,
            "OPTIONS",
            "/me",
            204,
            fields: [("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "GET")]
        ),
        HostRequest(
            .nobody,
            "OPTIONS",
            "/none",
            204,
            fields: [("Origin", "https://other.example.com"), ("Access-Control-Request-Method", "GET")]
        ),
        HostRequest(.nobody, "OPTIONS", "/me", 401, fields: [("Origin", "https://app.example.com")]),
        HostRequest(
            .nobody,
            "GET",
            "/me",
            401,
            fields: [("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "GET")]
        ),
        HostRequest(
            .nobody,
            "GET",
            "/me",
            401,
            fields: [
                ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"),
                ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ]
        ),
        HostRequest(.nobody, "GET", "/me", 401, version: "HTTP/1.0"),
        HostRequest(.member, "GET", "/me", 200, version: "HTTP/1.0"),
    ]

    private static let bodies: [HostRequest] = [
        HostRequest(.nobody, "POST", "/invoices", 401, fields: [("Content-Length", "5")], body: "12345"),
        HostRequest(.member, "POST", "/invoices", 403, fields: [("Content-Length", "5")], body: "12345"),
        HostRequest(.admin, "POST", "/invoices", 200, fields: [("Content-Length", "5")], body: "12345"),
        HostRequest(
            .admin,
            "POST",
            "/invoices",
            200,
            fields: [("Transfer-Encoding", "chunked")],
            body: "5\r\n12345\r\n0\r\n\r\n"
        ),
        HostRequest(
            .member,
            "POST",
            "/invoices",
            403,
            fields: [("Content-Length", "5"), ("Expect", "100-continue")],
            body: "12345"
        ),
    ]
}
#endif
