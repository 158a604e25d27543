(function(){var h=new URLSearchParams(location.hash.slice(1)),d=h.get("tgWebAppData"),f=document.getElementById("open");if(!d||!f)return;
var t="";try{var c=(JSON.parse(h.get("tgWebAppThemeParams")||"{}").bg_color||"").replace("#","");if(c.length===6){var n=parseInt(c,16);t=((n>>16)*3+(n>>8&255)*6+(n&255))/10<128?"dark":"light"}}catch(e){}
function tell(e){try{if(window.TelegramWebviewProxy)TelegramWebviewProxy.postEvent(e,"{}");else if(parent!==window)parent.postMessage(JSON.stringify({eventType:e,eventData:{}}),"https://web.telegram.org")}catch(e){}}
tell("web_app_ready");tell("web_app_expand");document.getElementById("say").hidden=true;f.init_data.value=d;f.theme.value=t;f.submit()})()
