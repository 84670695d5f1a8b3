import GatehouseBase
import SharedVectors
import Testing

@testable import GatehouseClerk

@Suite("The cookies that Clerk's SDK uses are chosen among plain and suffixed cookies")
struct CookieSelectionTests {
    @Test(
        "the suffix comes from the publishable key",
        SharedVectors.trait,
        arguments: SharedVectors.rows("clerk/keys.json", "cookie_suffix")
    )
    func suffix(row: SharedVectors.Row) throws {
        let key = try #require(PublishableKey(row["publishable_key"]?.string ?? ""))
        #expect(key.cookieSuffix == row["expect"]?.string)
    }

    @Test(
        "a case of Clerk's SDK selects the same cookie",
        SharedVectors.trait,
        arguments: SharedVectors.rows("clerk/cookie-selection.json", "cases")
    )
    func selection(row: SharedVectors.Row) throws {
        let key = try #require(PublishableKey(row["publishable_key"]?.string ?? ""))
        guard case .object(let members) = row["cookies"], case .number(let seconds)? = row["now_s"] else {
            Issue.record("the row has no cookies")
            return
        }
        let cookies = members.map { "\($0.name)=\($0.value.string ?? "")" }.joined(separator: "; ")
        let now = Timestamp(clampingSecondsSinceEpoch: seconds.double ?? 0)
        let state = SessionCookies([.cookie: cookies], of: key, at: now).state
        let name = row["expect"]?["session_cookie_used"]?.string
        let token = name.flatMap { row["cookies"]?[$0]?.string }
        let signedInAt = row["expect"]?["client_uat"]?.string.flatMap { Int64($0) } ?? 0
        switch state {
        case .session(let used, let time): #expect(used == token && time == signedInAt)
        case .signedOut: #expect(token == nil && signedInAt == 0)
        case .inconsistent(let code, _):
            #expect(code == (token == nil ? "client-uat-but-no-session-token" : "session-token-but-no-client-uat"))
            #expect((token == nil) == (signedInAt > 0))
        }
    }

    private static let key = PublishableKey("pk_live_Y2xlcmsuaW5zcGlyZWQucHVtYS03NC5sY2wuZGV2JA")

    @Test("cookies of other instances on the same domain are not looked at, and two of one name are refused")
    func others() throws {
        let key = try #require(Self.key)
        #expect(
            SessionCookies([.cookie: "__session_other=a; __client_uat_other=5"], of: key, at: .distantPast).state
                == .signedOut
        )
        let twice: HTTPFields = [.cookie: "__session_MqCvchyS=a; __session_MqCvchyS=b; __client_uat_MqCvchyS=5"]
        guard case .inconsistent("token-invalid", _) = SessionCookies(twice, of: key, at: .distantPast).state else {
            Issue.record("one of two session cookies is used")
            return
        }
    }
}
