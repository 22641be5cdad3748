import { future } from "futureplan";
import axios from "axios";
try { await future(() => axios.get("http://127.0.0.1:1/")); } catch (e) { console.log(e.code, axios.isAxiosError(e)); }
try { await future(() => { throw Object.assign(new Error("busy"), { code: "E_BUSY", status: 503, lock: new WeakMap() }); }); } catch (e) { console.log(e.message, e.code, e.status); }
// Prints:
// ECONNREFUSED true
// busy E_BUSY 503
