public import GatehouseBase
public import GatehouseTokens

extension TokenVerifier {
    /// Returns the error with which a token is refused; `nil` if the token is accepted.
    ///
    /// ```swift
    /// #expect(await verifier.refusal(of: token)?.code == .expired)
    /// ```
    public func refusal(of token: String) async -> TokenError? {
        do throws(TokenError) {
            _ = try await verify(token)
            return nil
        } catch {
            return error
        }
    }

    /// Returns the error with which these keys refuse a token at this time; `nil` if the token is accepted.
    public func refusal(of token: String, with keys: KeySet, at time: Timestamp) -> TokenError? {
        do throws(TokenError) {
            _ = try verify(token, with: keys, at: time)
            return nil
        } catch {
            return error
        }
    }
}
