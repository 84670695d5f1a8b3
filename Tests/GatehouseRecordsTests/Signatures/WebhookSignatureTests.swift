import GatehouseBase
import GatehouseRecords
import GatehouseTesting
import GatehouseTokens
import HTTPTypes
import SharedVectors
import Testing

struct WebhookSignatureTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    @Test(SharedVectors.trait, arguments: SharedVectors.rows("vectors/standard_webhooks.json", "cases"))
    func `A published case is judged as published`(_ row: SharedVectors.Row) throws {
        let fields = HTTPFields(
            (row["headers"]?.elements ?? []).map { pair in
                (pair.elements[0].string ?? "", pair.elements[1].string ?? "")
            }
        )
        let body = try #require(Base64.standard.decode(optionallyPadded: Array((row["body_b64"]?.string ?? "").utf8)))
        let secrets = (row["secrets"]?.elements ?? []).compactMap(\.string)
        let code = code { try verifier(secrets, at: row["now"]).verify(fields, body: body).id }
        let expected: WebhookSignatureError.Code? =
            switch (row["expect"]?.string, row["reason"]?.string) {
            case ("accept", _): nil
            case (_, "missing_header"): .missingFields
            case (_, "timestamp"): code.flatMap { [.malformedFields, .tooOld, .tooNew].contains($0) ? $0 : nil }
            default: .noMatchingSignature
            }
        #expect(code == expected)
        #expect((code == nil) == (row["expect"]?.string == "accept"))
    }

    @Test(SharedVectors.trait, arguments: SharedVectors.rows("clerk/webhook-signatures.json", "verify_cases"))
    func `A case of Svix, Standard Webhooks or Clerk is judged as theirs`(_ row: SharedVectors.Row) throws {
        guard case .object(let members) = row["headers"] else { return }
        let fields = HTTPFields(members.map { ($0.name, $0.value.string ?? "") })
        let names: [WebhookFieldNames] =
            switch row["profile"]?.string {
            case "clerk": [.svix]
            case "svix": [.svix, .standard]
            default: [.standard]
            }
        let code = code {
            try verifier([row["secret"]?.string ?? ""], at: row["now"], names)
                .verify(fields, body: Array((row["body"]?.string ?? "").utf8)).id
        }
        let expected: WebhookSignatureError.Code? =
            switch row["expect"]?.string {
            // Go and Rust refuse a fraction, which JavaScript cuts off before it signs: we do as they do.
            case "ok": row["id"]?.string == "timestamp-with-fraction" ? .malformedFields : nil
            case "missing-headers": .missingFields
            case "invalid-timestamp": .malformedFields
            case "timestamp-too-old": .tooOld
            case "timestamp-too-new": .tooNew
            case "invalid-secret": .invalidSecret
            default: .noMatchingSignature
            }
        #expect(code == expected)
    }

    @Test(SharedVectors.trait, arguments: SharedVectors.rows("clerk/webhook-signatures.json", "sign_vectors"))
    func `A signature is the published one, and verifies`(_ row: SharedVectors.Row) throws {
        let text =
            row["body"]?.string
            ?? String(
                repeating: row["body_repeat"]?["char"]?.string ?? "",
                count: Int(number(row["body_repeat"]?["count"]) ?? 0)
            )
        let seconds = try #require(number(row["timestamp"]))
        let fields = try WebhookSigner(try WebhookSecret(row["secret"]?.string ?? "")).headerFields(
            id: row["msg_id"]?.string ?? "",
            at: try #require(Timestamp(seconds: seconds)),
            body: Array(text.utf8),
            names: .svix
        )
        #expect(fields[WebhookFieldNames.svix.signature] == row["expected_signature"]?.string)
        let verified = try verifier([row["secret"]?.string ?? ""], at: row["timestamp"])
            .verify(fields, body: Array(text.utf8))
        #expect(verified.id == row["msg_id"]?.string)
    }

    @Test func `While secrets rotate, either end may be ahead`() throws {
        let (old, new) = (try WebhookSecret.random(), try WebhookSecret.random())
        let body = Array("{}".utf8)
        let time = try #require(Timestamp(seconds: 1_700_000_000))
        func accepts(_ signing: [WebhookSecret], _ verifying: [WebhookSecret]) throws -> Bool {
            let fields = try WebhookSigner(signing).headerFields(id: "msg_1", at: time, body: body)
            let clock = WallClock { time }
            return (try? WebhookVerifier(secrets: verifying, clock: clock).verify(fields, body: body)) != nil
        }
        #expect(try accepts([old, new], [new]))
        #expect(try accepts([old], [new, old]))
        #expect(try !accepts([old], [new]))
        #expect(try WebhookSecret(old.text).text == old.text)
    }

    @Test func `An id with a dot is refused, since its signature would fit another message`() throws {
        let secret = try WebhookSecret(Self.secret)
        let time = try #require(Timestamp(seconds: 1_614_265_330))
        let signed = try WebhookSigner(secret)
            .headerFields(id: "a", at: time, body: Array("1614265330.x".utf8))
        let names = WebhookFieldNames.standard
        let forged: HTTPFields = [
            names.id: "a.1614265330", names.timestamp: "1614265330",
            names.signature: try #require(signed[names.signature]),
        ]
        let verifier = try WebhookVerifier(secrets: [secret], clock: WallClock { time })
        #expect(code { try verifier.verify(forged, body: Array("x".utf8)).id } == .malformedFields)
        #expect(
            code { try WebhookSigner(secret).headerFields(id: "a.b", at: time, body: []).count.description }
                == .malformedFields
        )
    }

    @Test(arguments: ["id", "timestamp", "signature"])
    func `A field that stands there twice is refused`(_ part: String) throws {
        let time = try #require(Timestamp(seconds: 1_614_265_330))
        var fields = try WebhookSigner(try WebhookSecret(Self.secret)).headerFields(id: "a", at: time, body: [])
        let name = try #require(HTTPField.Name("webhook-" + part))
        fields.append(HTTPField(name: name, value: try #require(fields[name])))
        let verifier = try WebhookVerifier(secrets: [Self.secret], clock: WallClock { time })
        #expect(code { try verifier.verify(fields, body: []).id } == .malformedFields)
    }

    @Test(arguments: ["", "whsec_", "whsec_*", "whsec_MfKQ9r8GKYqr TwjU", "whsk_MfKQ9r8GKYqrTwjU", "whsec_Mf=Q"])
    func `What is no secret is refused, and not shown`(_ text: String) {
        let error = #expect(throws: WebhookSignatureError.self) { try WebhookSecret(text) }
        #expect(error?.code == .invalidSecret)
        #expect(error?.description.contains("MfKQ") == false)
    }

    @Test func `A secret does not show itself`() throws {
        let secret = try WebhookSecret(Self.secret)
        var dumped = ""
        dump(secret, to: &dumped)
        for shown in ["\(secret)", String(reflecting: secret), dumped] { #expect(!shown.contains("MfKQ")) }
    }

    private func verifier(
        _ secrets: [String],
        at now: JSONValue?,
        _ names: [WebhookFieldNames] = [.svix, .standard]
    ) throws(WebhookSignatureError) -> WebhookVerifier {
        let time = number(now).flatMap { Timestamp(seconds: $0) } ?? .distantPast
        return try WebhookVerifier(secrets: secrets, names: names, clock: WallClock { time })
    }

    private func number(_ value: JSONValue?) -> Int64? {
        guard case .number(let number) = value else { return nil }
        return Int64(number.text)
    }

    /// The code of the error that `body` throws; `nil` if it throws none.
    private func code(_ body: () throws -> String) -> WebhookSignatureError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? WebhookSignatureError)?.code
        }
    }
}

extension JSONValue {
    /// The elements of an array; none for anything else.
    fileprivate var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}

extension HTTPFields {
    fileprivate init(_ pairs: [(String, String)]) {
        self.init()
        for (name, value) in pairs {
            if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
        }
    }
}
