#if Server
/// The files that `gatehouse init` writes.
package enum StarterFiles {
    /// A file with its name and content.
    package struct File: Sendable {
        package let name: String
        package let text: String
    }

    /// The starter files, the configuration first.
    package static let all = [
        File(name: "gatehouse.yaml", text: configuration), File(name: "policy.yaml", text: policy),
        File(name: "entities.yaml", text: entities), File(name: "nginx-gatehouse.conf", text: nginx),
    ]

    private static let configuration = """
        # The configuration of `gatehouse serve`. Each key may also be a variable: GATEHOUSE_LISTEN, GATEHOUSE_CLERK_ISSUER, …
        # `gatehouse serve --check` tells of every mistake, with its key and line.

        listen: 127.0.0.1:8080

        # Who may ask /forward-auth: the proxies on this machine.
        trustedProxies: [127.0.0.1/32, "::1/128"]

        # Roles, permissions and rules; read anew when the file changes.
        policy: policy.yaml

        # Known subjects and resources, with attributes: what searches look through.
        entities: entities.yaml

        # Whose tokens are accepted. Without it nobody is known, and only public routes are open.
        # clerk:
        #   publishableKey: pk_test_…                        # or jwks: https://…/.well-known/jwks.json, and issuer
        #   authorizedParties: [https://app.example.com]     # needed for session cookies
        #   webhookSecrets: [file:/run/secrets/clerk-webhook]

        # What requests through a proxy must fulfil: the first that fits decides, and what fits none is denied.
        routes:
          - { path: /public/**, public: true }
          - { path: /invoices/**, methods: [GET, HEAD], require: { permission: invoice:read } }
          - { path: /invoices/**, require: { permission: invoice:write } }

        # Where decisions are recorded, and what webhooks tell is kept. A relative path begins at this file's folder.
        # store: sqlite:gatehouse.db

        # Callers of /access/v1/… present one of these as their bearer token. Without any, only this machine may call.
        # apiKeys: [file:/run/secrets/pep-key]

        """

    private static let policy = """
        # Who may do what. `gatehouse policy lint policy.yaml` checks it.
        gatehouse: 1
        permissions:
          invoice:read: See invoices
          invoice:write: Change invoices
        roles:
          org:member: { grants: [invoice:read] }
          org:admin: { inherits: [org:member], grants: [invoice:write] }
        rules:
          - id: paid-is-closed
            effect: deny
            roles: [org:member]
            permissions: [invoice:write]
            when: { all: [ { exists: $resource.paid }, { equals: [$resource.paid, true] } ] }
        assignments:
          - { principal: alice, role: org:admin }
          - { principal: bob, role: org:member }

        """

    private static let entities = """
        # Known subjects and resources. What a request sends goes before the attributes here.
        subjects:
          - { type: user, id: alice }
          - { type: user, id: bob }
        resources:
          - { type: invoice, id: invoice-1, attributes: { paid: false } }
          - { type: invoice, id: invoice-2, attributes: { paid: true } }

        """

    /// The recipe for nginx in the documentation. A test compares both texts.
    private static let nginx = #"""
        # nginx asks Gatehouse before each request (ngx_http_auth_request_module).
        #
        #   nginx -p "$PWD" -c nginx.conf
        #
        # nginx knows three answers of an auth_request, 2xx, 401 and 403, and gives its client the body of none. So a request that is
        # refused is asked about once more, by the location @gatehouse_refusal, whose answer is Gatehouse's own: problem details, 503 with
        # Retry-After, or the body by which Clerk's front end asks for another factor.
        worker_processes auto;
        pid nginx.pid;
        error_log stderr warn;

        events {
            worker_connections 4096;
        }

        http {
            access_log off;

            upstream gatehouse {
                server 127.0.0.1:8080;
                keepalive 64;
            }

            upstream application {
                server 127.0.0.1:3000;
                keepalive 64;
            }

            map $http_upgrade $connection_upgrade {
                default upgrade;
                "" "";
            }

            server {
                listen 127.0.0.1:8000;
                recursive_error_pages on;
                client_max_body_size 64m;

                location / {
                    auth_request /_gatehouse;
                    auth_request_set $gatehouse_user $upstream_http_x_gatehouse_user;
                    auth_request_set $gatehouse_organization $upstream_http_x_gatehouse_organization;
                    auth_request_set $gatehouse_role $upstream_http_x_gatehouse_role;
                    auth_request_set $gatehouse_session $upstream_http_x_gatehouse_session;
                    error_page 401 403 500 = @gatehouse_refusal;

                    proxy_pass http://application;
                    proxy_http_version 1.1;
                    proxy_set_header Host $host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade;
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Request-Id $request_id;
                    # What a client sends under these names does not arrive: an empty value takes the field away.
                    proxy_set_header X-Gatehouse-User $gatehouse_user;
                    proxy_set_header X-Gatehouse-Organization $gatehouse_organization;
                    proxy_set_header X-Gatehouse-Role $gatehouse_role;
                    proxy_set_header X-Gatehouse-Session $gatehouse_session;
                    # By these an application would answer another request than the one that was judged.
                    proxy_set_header X-Original-URL "";
                    proxy_set_header X-Rewrite-URL "";
                    proxy_set_header X-HTTP-Method-Override "";
                    proxy_set_header X-HTTP-Method "";
                    proxy_set_header X-Method-Override "";
                }

                location = /_gatehouse {
                    internal;
                    proxy_pass http://gatehouse/forward-auth;
                    proxy_http_version 1.1;
                    proxy_pass_request_body off;
                    proxy_connect_timeout 1s;
                    proxy_read_timeout 5s;
                    proxy_set_header Host $host;
                    proxy_set_header Connection "";
                    proxy_set_header Upgrade "";
                    proxy_set_header Content-Length "";
                    proxy_set_header Transfer-Encoding "";
                    proxy_set_header Expect "";
                    # The request as the client sent it. $uri and $args are those of this one.
                    proxy_set_header X-Original-Method $request_method;
                    proxy_set_header X-Original-URI $request_uri;
                    proxy_set_header X-Forwarded-Method "";
                    proxy_set_header X-Forwarded-Uri "";
                    proxy_set_header X-Gatehouse-Refusal "";
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Request-Id $request_id;
                }

                location @gatehouse_refusal {
                    rewrite ^ /forward-auth break;
                    proxy_pass http://gatehouse;
                    proxy_http_version 1.1;
                    proxy_pass_request_body off;
                    proxy_connect_timeout 1s;
                    proxy_read_timeout 5s;
                    proxy_set_header Host $host;
                    proxy_set_header Connection "";
                    proxy_set_header Upgrade "";
                    proxy_set_header Content-Length "";
                    proxy_set_header Transfer-Encoding "";
                    proxy_set_header Expect "";
                    proxy_set_header X-Original-Method $request_method;
                    proxy_set_header X-Original-URI $request_uri;
                    proxy_set_header X-Forwarded-Method "";
                    proxy_set_header X-Forwarded-Uri "";
                    # Where the answer would be another by now, it is 503: the application was not asked.
                    proxy_set_header X-Gatehouse-Refusal 1;
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Request-Id $request_id;
                    # nginx has kept this field from the question before.
                    proxy_hide_header WWW-Authenticate;
                    # Where nobody answers either, the client is told so.
                    error_page 502 504 =503 @gatehouse_silent;
                }

                location @gatehouse_silent {
                    internal;
                    default_type application/problem+json;
                    add_header Cache-Control no-store always;
                    add_header Retry-After 5 always;
                    return 503 '{"type":"about:blank","title":"Service Unavailable","status":503,"code":"unavailable","requestID":"$request_id"}';
                }
            }
        }

        """#
}
#endif
