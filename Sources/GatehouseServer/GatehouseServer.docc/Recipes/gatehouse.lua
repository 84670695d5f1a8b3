-- HAProxy asks Gatehouse before each request (HAProxy 2.6 and newer, with Lua).
--
-- The configuration beside this file denies what nothing here allowed: a fault of this script lets nothing through.
-- GATEHOUSE_ADDRESS is an address, not a name: HAProxy's HTTP client knows no hosts file.

local address = os.getenv("GATEHOUSE_ADDRESS") or "http://127.0.0.1:8080"

-- HAProxy's client tries four times by itself, so that a caller waits four times as long.
local timeout = 500

local passed = { "authorization", "cookie", "user-agent" }
local told = { "x-gatehouse-user", "x-gatehouse-organization", "x-gatehouse-role", "x-gatehouse-session" }
local kept = { "content-type", "cache-control", "retry-after", "www-authenticate", "x-clerk-auth-reason" }

math.randomseed(os.time())

local function request_id(headers)
    local given = headers["x-request-id"]
    if given and given[0] and not given[1] and #given[0] <= 256 then
        return given[0]
    end
    local digits = {}
    for index = 1, 32 do
        digits[index] = string.format("%x", math.random(0, 15))
    end
    return table.concat(digits)
end

local function values(field)
    local list = {}
    if field then
        for index = 0, 63 do
            if not field[index] then break end
            list[#list + 1] = field[index]
        end
    end
    return list
end

local function ask(txn)
    local headers = txn.http:req_get_headers()
    local id = request_id(headers)
    local fields = {
        ["x-original-method"] = { txn.f:method() },
        ["x-original-uri"] = { txn.f:pathq() },
        ["x-forwarded-for"] = { txn.f:src() },
        ["x-request-id"] = { id },
    }
    for _, name in ipairs(passed) do
        local list = values(headers[name])
        if #list > 0 then fields[name] = list end
    end
    local answer = core.httpclient():get { url = address .. "/forward-auth", headers = fields, timeout = timeout }
    local received = answer and answer.headers or {}
    -- HAProxy's client makes a 503 or a 504 of its own where nobody answers: without this field it is none of Gatehouse's.
    if not answer or not received["x-request-id"] then
        return
    end
    if answer.status == 200 then
        for _, name in ipairs(told) do
            local value = values(received[name])[1] or ""
            txn.http:req_set_header(name, value)
        end
        txn.http:req_set_header("x-request-id", id)
        txn:set_var("txn.gatehouse_allowed", true)
        return
    end
    local reply = txn:reply { status = answer.status, body = answer.body or "" }
    reply:add_header("x-request-id", id)
    for _, name in ipairs(kept) do
        local value = values(received[name])[1]
        if value then reply:add_header(name, value) end
    end
    return reply
end

core.register_action("gatehouse", { "http-req" }, function(txn)
    local is_asked, reply = pcall(ask, txn)
    if not is_asked then
        txn:Warning("gatehouse: " .. tostring(reply))
        return
    end
    if reply then txn:done(reply) end
end, 0)
