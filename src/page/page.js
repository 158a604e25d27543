addEventListener("load",function(){var q=document.getElementById("q");if(q&&!location.hash)q.scrollIntoView({block:"center",behavior:"instant"})})
